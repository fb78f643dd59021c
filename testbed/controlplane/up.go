package main

// The verb `up`: run a control plane in the foreground.
//
// In: a folder and options. Out: files in that folder, one line on stdout (`ready SECONDS`) when pods can be scheduled,
// errors on stderr. It ends, and everything it started with it, at SIGTERM, SIGINT, or the end of stdin if asked: so a
// test that holds the other end of its stdin cannot leave it behind, however the test ends.

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func up(args []string) error {
	flags := flag.NewFlagSet("testbed up", flag.ContinueOnError)
	dir := flags.String("dir", os.Getenv("CARETAKER_TESTBED_DIR"), "the `folder` for everything the testbed writes; on tmpfs it is quicker")
	nodes := flags.Int("nodes", 1, "how many simulated nodes")
	audit := flags.Bool("audit", true, "write each request's metadata to audit.log")
	untilStdin := flags.Bool("until-stdin-closes", false, "end when stdin does")
	removeDir := flags.Bool("remove-dir", false, "remove the folder at the end")
	if extra, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(extra) > 0 {
		return fmt.Errorf("takes no argument, but got %q", extra)
	}
	begin := time.Now()
	ctx, stop := untilToldToEnd(*untilStdin)
	defer stop()

	l, err := newLayout(*dir)
	if err != nil {
		return err
	}
	if err := l.makeFolders(); err != nil {
		return err
	}
	lock, err := tryLock(l.lock())
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("another testbed runs in %s: stop it or choose another --dir", l.dir)
	} else if err != nil {
		return err
	}
	defer lock.Close()
	if *removeDir {
		defer os.RemoveAll(l.dir)
	}

	s, err := startControlPlane(ctx, l, *nodes, *audit)
	if err != nil {
		if ctx.Err() != nil {
			return nil // told to end before it was ready
		}
		return err
	}
	defer s.killAll()
	control, err := s.serveControl(ctx)
	if err != nil {
		return err
	}
	defer control.Close()
	s.becomeReady()
	fmt.Fprintf(os.Stderr, "testbed up: KUBECONFIG=%s\n", l.adminKubeconfig())
	fmt.Printf("ready %.1f\n", time.Since(begin).Seconds())
	<-ctx.Done()
	return nil
}

// untilToldToEnd returns a context that ends at a signal and, if asked, at the end of stdin.
func untilToldToEnd(stdinToo bool) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	if stdinToo {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	return ctx, stop
}

// startControlPlane starts every component and waits until pods can be scheduled. If a stranger takes one of the ports
// before the component does, everything is started anew on others.
func startControlPlane(ctx context.Context, l layout, nodes int, audit bool) (*supervisor, error) {
	for attempt := 1; ; attempt++ {
		s, err := prepare(l, audit)
		if err != nil {
			return nil, err
		}
		err = s.startAll(ctx, nodes)
		if err == nil {
			return s, nil
		}
		s.killAll()
		s.ports.release()
		if !portTaken(err) || attempt == 5 || ctx.Err() != nil {
			return nil, err
		}
		fmt.Fprintf(os.Stderr, "testbed up: a port was taken by another program; trying others (attempt %d of 5)\n", attempt+1)
		for _, component := range componentNames {
			_ = os.Remove(l.log(component)) // or the old reason would be found again
		}
	}
}

func (s *supervisor) startAll(ctx context.Context, nodes int) error {
	for _, component := range []string{"etcd", "kube-apiserver"} {
		if err := s.start(component); err != nil {
			return err
		}
	}
	if err := s.await(ctx, "kube-apiserver serves", patience, s.cluster.ready, "etcd", "kube-apiserver"); err != nil {
		return err
	}
	for _, component := range []string{"kube-controller-manager", "kube-scheduler", "kwok"} {
		if err := s.start(component); err != nil {
			return err
		}
	}
	if err := s.cluster.createNodes(ctx, nodes); err != nil {
		return err
	}
	what := fmt.Sprintf("%d nodes take pods", nodes)
	return s.await(ctx, what, patience, s.cluster.nodesReady(nodes), componentNames...)
}
