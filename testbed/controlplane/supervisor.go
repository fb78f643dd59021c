package main

// The supervisor: the components of one testbed, and what a test may do to each.
//
// In: command lines, and orders (start, kill, freeze, thaw) by component. Out: processes, the file state.json, and errors
// that show the end of a dead component's log. A component that dies by itself is not started again: that it died is
// what a test wants to see.

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"
)

type supervisor struct {
	layout    layout
	ports     ports
	authority *authority
	lines     map[string]commandLine
	cluster   *cluster

	mu        sync.Mutex
	processes map[string]*process // those that were started and not killed by order
	ready     bool                // from then on a death is reported when it happens
}

// componentState is one component's entry in state.json and in the answer to `status`.
type componentState struct {
	State string `json:"state"` // running, frozen, stopped (by order, or not started yet) or died (by itself)
	Pid   int    `json:"pid,omitempty"`
	Exit  string `json:"exit,omitempty"`
	Log   string `json:"log"`
}

// testbedState is what state.json holds.
type testbedState struct {
	Server     string                    `json:"server"`
	CAFile     string                    `json:"caFile"`
	Kubeconfig string                    `json:"kubeconfig"`
	AuditLog   string                    `json:"auditLog"`
	Supervisor int                       `json:"supervisorPid"`
	Ports      map[string]int            `json:"ports"`
	Components map[string]componentState `json:"components"`
}

// prepare reserves ports and writes all files; nothing runs yet.
func prepare(l layout, audit bool) (*supervisor, error) {
	p, err := reservePorts()
	if err != nil {
		return nil, err
	}
	ca, err := writeConfiguration(l, p)
	if err != nil {
		return nil, err
	}
	lines, err := commandLines(l, p, audit)
	if err != nil {
		return nil, err
	}
	cluster, err := connect(l.userKubeconfig("testbed"))
	if err != nil {
		return nil, err
	}
	return &supervisor{layout: l, ports: p, authority: ca, lines: lines, cluster: cluster, processes: map[string]*process{}}, nil
}

func (s *supervisor) start(component string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.processes[component]; p != nil && p.alive() {
		return fmt.Errorf("%s runs already, as process %d", component, p.pid())
	}
	p, err := startProcess(s.lines[component], s.layout.log(component), s.layout.home())
	if err != nil {
		return err
	}
	s.processes[component] = p
	go s.noticeDeath(component, p)
	return s.writeState()
}

// noticeDeath reports a component that ends by itself; before the testbed is ready, `up` does.
func (s *supervisor) noticeDeath(component string, p *process) {
	<-p.ended
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.processes[component] != p || !s.ready {
		return
	}
	log := s.layout.log(component)
	fmt.Fprintf(os.Stderr, "testbed up: %s ended by itself (%s) and stays down until started; the end of its log, %s:\n%s\n", component, exitText(p), log, tail(log))
	if err := s.writeState(); err != nil {
		fmt.Fprintf(os.Stderr, "testbed up: %v\n", err)
	}
}

func (s *supervisor) becomeReady() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = true
}

func (s *supervisor) kill(component string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.processes[component]; p != nil {
		p.kill()
		delete(s.processes, component)
	}
	return s.writeState()
}

// signal freezes or thaws a component.
func (s *supervisor) signal(component string, signal syscall.Signal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.processes[component]
	if p == nil || !p.alive() {
		return fmt.Errorf("%s is down: start it first", component)
	}
	if err := p.signal(signal); err != nil {
		return err
	}
	return s.writeState()
}

func (s *supervisor) killAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.processes {
		_ = p.command.Process.Kill()
	}
	for _, p := range s.processes {
		<-p.ended
	}
	clear(s.processes)
}

// death returns an error with the log of a component that ended by itself, if one did.
func (s *supervisor) death(components ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, component := range components {
		if p := s.processes[component]; p != nil && !p.alive() {
			log := s.layout.log(component)
			return fmt.Errorf("%s ended by itself (%s); the end of its log, %s:\n%s", component, exitText(p), log, tail(log))
		}
	}
	return nil
}

// portTaken says whether an error from death is a stranger's doing, so that other ports may help.
func portTaken(err error) bool { return strings.Contains(err.Error(), "address already in use") }

// await asks until check succeeds, a named component dies, or the time is over.
func (s *supervisor) await(ctx context.Context, what string, patience time.Duration, check func(context.Context) error, components ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		last := check(ctx)
		if last == nil {
			return nil
		}
		if err := s.death(components...); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			if ctx.Err() == context.Canceled {
				return fmt.Errorf("stopped while waiting until %s", what)
			}
			return fmt.Errorf("not after %v: %s (the last answer: %v); see the logs in %s", patience, what, last, s.layout.path("log"))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// patience is how long a component may take to serve: ten times what a loaded two-core machine needs.
const patience = 90 * time.Second

// awaitComponent returns when a component that was just started does its work.
func (s *supervisor) awaitComponent(ctx context.Context, component string) error {
	what := component + " serves"
	switch component {
	case "etcd":
		return s.await(ctx, what, patience, s.etcdHealthy, component)
	case "kube-apiserver":
		return s.await(ctx, what, patience, s.cluster.ready, component)
	default:
		// These serve nothing to ask. One that cannot start ends within this time, most often.
		time.Sleep(300 * time.Millisecond)
		return s.death(component)
	}
}

func (s *supervisor) states() map[string]componentState {
	states := map[string]componentState{}
	for _, component := range componentNames {
		state := componentState{State: "stopped", Log: s.layout.log(component)}
		if p := s.processes[component]; p != nil {
			switch {
			case !p.alive():
				state.State, state.Exit = "died", exitText(p)
			case p.frozen:
				state.State, state.Pid = "frozen", p.pid()
			default:
				state.State, state.Pid = "running", p.pid()
			}
		}
		states[component] = state
	}
	return states
}

// state is a snapshot for `status`.
func (s *supervisor) state() testbedState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.snapshot()
}

func (s *supervisor) snapshot() testbedState {
	return testbedState{
		Server:     s.ports.server(),
		CAFile:     s.layout.pki("ca.crt"),
		Kubeconfig: s.layout.adminKubeconfig(),
		AuditLog:   s.layout.auditLog(),
		Supervisor: os.Getpid(),
		Ports: map[string]int{
			"kube-apiserver": s.ports.apiserver.number,
			"etcd":           s.ports.etcd.number,
			"etcd-peer":      s.ports.etcdPeer.number,
		},
		Components: s.states(),
	}
}

func (s *supervisor) writeState() error { return writeJSON(s.layout.state(), s.snapshot()) }

func exitText(p *process) string {
	if p.exit == nil {
		return "exit status 0"
	}
	return p.exit.Error()
}
