// Times Helm's own engine over charts that are loaded, in one process.
//
// In: a line on stdin for each chart: its folder. Out: for each line the shortest times in nanoseconds, of so many rounds
// as the argument says: of the engine alone (templates parsed and executed, values ready), and of all that
// `helm template` does with a loaded chart; then the digest of what is printed. "-" in their place if the chart cannot be rendered.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
)

const name, namespace = "web", "default"

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	must(err)
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	charts := bufio.NewScanner(os.Stdin)
	for charts.Scan() {
		answer(charts.Text(), rounds)
	}
}

func answer(folder string, rounds int) {
	text, err := printed(folder)
	if err != nil {
		fmt.Println("-")
		return
	}
	var alone, all time.Duration
	for range rounds {
		alone = shorter(alone, engineAlone(load(folder)))
		all = shorter(all, wholeRender(load(folder)))
	}
	fmt.Println(alone.Nanoseconds(), all.Nanoseconds(), fmt.Sprintf("%x", sha256.Sum256(text)))
}

func load(folder string) *v2.Chart {
	chart, err := loader.Load(folder)
	must(err)
	return chart
}

func engineAlone(chart *v2.Chart) time.Duration {
	values := map[string]any{}
	must(chartutil.ProcessDependencies(chart, values))
	capabilities := common.DefaultCapabilities.Copy()
	options := common.ReleaseOptions{Name: name, Namespace: namespace, Revision: 1, IsInstall: true}
	ready, err := commonutil.ToRenderValues(chart, values, options, capabilities)
	must(err)
	begun := time.Now()
	_, err = engine.Render(chart, ready)
	must(err)
	return time.Since(begun)
}

func wholeRender(chart *v2.Chart) time.Duration {
	begun := time.Now()
	_, err := render(chart)
	must(err)
	return time.Since(begun)
}

func render(chart *v2.Chart) ([]byte, error) {
	configuration := action.NewConfiguration()
	install := action.NewInstall(configuration)
	install.DryRunStrategy = action.DryRunClient
	install.ReleaseName, install.Namespace, install.Replace = name, namespace, true
	made, err := install.RunWithContext(context.Background(), chart, map[string]any{})
	if err != nil {
		return nil, err
	}
	rendered := made.(*release.Release)
	var text bytes.Buffer
	fmt.Fprintln(&text, strings.TrimSpace(rendered.Manifest))
	for _, hook := range rendered.Hooks {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return text.Bytes(), nil
}

func printed(folder string) ([]byte, error) {
	chart, err := loader.Load(folder)
	if err != nil {
		return nil, err
	}
	return render(chart)
}

func shorter(one, other time.Duration) time.Duration {
	if one == 0 || other < one {
		return other
	}
	return one
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
