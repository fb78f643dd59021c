// Command testbed is a whole Kubernetes control plane in one binary, for tests and the demo.
//
// In: a name to act under, either the name it is called by (kubectl is a symlink to it) or the first argument.
// Out: that program. The roles (etcd, kube-apiserver, ...) are Kubernetes' own, unchanged; the verbs (up, kill, git-serve,
// ...) are ours and run the roles as child processes.
//
// Why one binary and many processes: the roles share nearly all their code, so one link is small and quick to build; but in
// one process their global flags and feature gates collide, and a test could not kill or freeze one of them alone.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const usage = `usage: testbed VERB [options]

  up          run a control plane until SIGTERM, SIGINT or (if asked) the end of stdin
  kill        SIGKILL a component; it stays down until started
  start       start a component that is down
  restart     kill and start a component, on the same port
  freeze      SIGSTOP a component: it keeps its connections and answers nothing
  thaw        SIGCONT a frozen component
  status      print the state of every component
  kubeconfig  issue credentials for a user and print the path of their kubeconfig
  namespace   create a namespace with a unique name, wait until pods can be made in it, print its name
  git-serve   serve Git repositories over HTTP or HTTPS

Called as (or with first argument) etcd, kube-apiserver, kube-controller-manager, kube-scheduler or kubectl, it is that program.
'testbed VERB -h' lists a verb's options.
`

// verbs are what the testbed adds to the roles. Each gets the arguments after its name.
var verbs = map[string]func([]string) error{
	"up":         up,
	"kill":       controlVerb("kill"),
	"start":      controlVerb("start"),
	"restart":    controlVerb("restart"),
	"freeze":     controlVerb("freeze"),
	"thaw":       controlVerb("thaw"),
	"status":     controlVerb("status"),
	"kubeconfig": controlVerb("kubeconfig"),
	"namespace":  controlVerb("namespace"),
	"git-serve":  gitServe,
}

func main() {
	name, args := filepath.Base(os.Args[0]), os.Args[1:]
	if _, isRole := roles[name]; !isRole {
		if len(args) == 0 || slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
			fmt.Fprint(os.Stderr, usage)
			os.Exit(2)
		}
		name, args = args[0], args[1:]
	}
	if role, ok := roles[name]; ok {
		os.Args = append([]string{name}, args...)
		os.Exit(role(args))
	}
	verb, ok := verbs[name]
	if !ok {
		fmt.Fprintf(os.Stderr, "testbed: there is no verb or role %q\n\n%s", name, usage)
		os.Exit(2)
	}
	if err := verb(args); errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	} else if err != nil {
		fmt.Fprintf(os.Stderr, "testbed %s: %v\n", name, err)
		os.Exit(1)
	}
}

// parseArgs reads options and positional arguments in any order, and returns the positional ones.
func parseArgs(flags *flag.FlagSet, args []string) ([]string, error) {
	var positional []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			return positional, nil
		}
		positional, args = append(positional, flags.Arg(0)), flags.Args()[1:]
	}
}

// list is an option that may be given more than once.
type list []string

func (l *list) String() string         { return strings.Join(*l, ",") }
func (l *list) Set(value string) error { *l = append(*l, value); return nil }
