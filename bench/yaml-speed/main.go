// Times the YAML libraries of Kubernetes (sigs.k8s.io/yaml) and of Kustomize (yaml.v3).
//
// In: a file of documents, and on stdin, a line each: "read", "nodes" or "write". Out: for each line the nanoseconds it
// took over all documents, and the digest of what was written ("-" if nothing was). Every document is read before the
// first line is; what is written are those values.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"time"

	yaml3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	documents := bytes.Split(text, []byte("---\n"))
	values := make([]any, len(documents))
	for at, document := range documents {
		must(yaml.Unmarshal(document, &values[at]))
	}
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		switch orders.Text() {
		case "read":
			answer(read(documents), "-")
		case "nodes":
			answer(nodes(documents), "-")
		case "write":
			answer(write(values))
		default:
			log.Fatalf("no such order: %q", orders.Text())
		}
	}
}

func answer(took time.Duration, digest string) {
	fmt.Println(took.Nanoseconds(), digest)
}

func read(documents [][]byte) time.Duration {
	begun := time.Now()
	for _, document := range documents {
		var value any
		must(yaml.Unmarshal(document, &value))
	}
	return time.Since(begun)
}

func nodes(documents [][]byte) time.Duration {
	begun := time.Now()
	for _, document := range documents {
		var node yaml3.Node
		must(yaml3.Unmarshal(document, &node))
	}
	return time.Since(begun)
}

func write(values []any) (time.Duration, string) {
	texts := make([][]byte, len(values))
	begun := time.Now()
	for at, value := range values {
		text, err := yaml.Marshal(value)
		must(err)
		texts[at] = text
	}
	took := time.Since(begun)
	digest := sha256.New()
	for _, text := range texts {
		digest.Write(text)
	}
	return took, fmt.Sprintf("%x", digest.Sum(nil))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
