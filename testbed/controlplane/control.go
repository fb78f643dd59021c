package main

// The control socket: how another process has a running testbed do something.
//
// In: on DIR/control.sock, one line of JSON per connection (controlRequest). Out: one line of JSON (controlReply). The
// verbs of this program's command line and the Rust client both speak it.

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"syscall"
)

type controlRequest struct {
	Verb      string   `json:"verb"`
	Component string   `json:"component,omitempty"` // kill, start, restart, freeze, thaw
	NoWait    bool     `json:"noWait,omitempty"`    // start, restart: do not wait until the component serves
	User      string   `json:"user,omitempty"`      // kubeconfig
	Groups    []string `json:"groups,omitempty"`    // kubeconfig
	Prefix    string   `json:"prefix,omitempty"`    // namespace
}

type controlReply struct {
	Error string        `json:"error,omitempty"`
	Text  string        `json:"text,omitempty"`  // kubeconfig: its path; namespace: its name
	State *testbedState `json:"state,omitempty"` // status
}

// serveControl answers until ctx ends or the listener is closed.
func (s *supervisor) serveControl(ctx context.Context) (net.Listener, error) {
	path := s.layout.controlSocket()
	_ = os.Remove(path) // left by a testbed that was killed; ours is the only one here, by the lock
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on the control socket %s: %w", path, err)
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go s.answer(ctx, connection)
		}
	}()
	return listener, nil
}

func (s *supervisor) answer(ctx context.Context, connection net.Conn) {
	defer connection.Close()
	var request controlRequest
	line, err := bufio.NewReader(connection).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &request)
	}
	var reply controlReply
	if err != nil {
		err = fmt.Errorf("cannot read the control request: %w", err)
	} else {
		reply, err = s.carryOut(ctx, request)
	}
	if err != nil {
		reply.Error = err.Error()
	}
	_ = json.NewEncoder(connection).Encode(reply) // if the asker is gone there is no one to tell
}

func (s *supervisor) carryOut(ctx context.Context, r controlRequest) (controlReply, error) {
	switch r.Verb {
	case "status":
		state := s.state()
		return controlReply{State: &state}, nil
	case "kubeconfig":
		path, err := s.issueKubeconfig(r.User, r.Groups)
		return controlReply{Text: path}, err
	case "namespace":
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		name, err := s.cluster.createNamespace(ctx, r.Prefix)
		return controlReply{Text: name}, err
	}
	if !slices.Contains(componentNames, r.Component) {
		return controlReply{}, fmt.Errorf("there is no component %q; the components are %s", r.Component, strings.Join(componentNames, ", "))
	}
	switch r.Verb {
	case "kill":
		return controlReply{}, s.kill(r.Component)
	case "start":
		return controlReply{}, s.startAndWait(ctx, r)
	case "restart":
		if err := s.kill(r.Component); err != nil {
			return controlReply{}, err
		}
		return controlReply{}, s.startAndWait(ctx, r)
	case "freeze":
		return controlReply{}, s.signal(r.Component, syscall.SIGSTOP)
	case "thaw":
		return controlReply{}, s.signal(r.Component, syscall.SIGCONT)
	}
	return controlReply{}, fmt.Errorf("there is no control verb %q", r.Verb)
}

func (s *supervisor) startAndWait(ctx context.Context, r controlRequest) error {
	if err := s.start(r.Component); err != nil || r.NoWait {
		return err
	}
	return s.awaitComponent(ctx, r.Component)
}

func (s *supervisor) issueKubeconfig(user string, groups []string) (string, error) {
	if user == "" {
		return "", errors.New("--user is missing: whose credentials?")
	}
	text, err := s.authority.kubeconfigFor(s.ports.server(), user, groups...)
	if err != nil {
		return "", err
	}
	path := s.layout.userKubeconfig(credentialName(user, groups))
	return path, writeFile(path, text)
}

// controlVerb is the command line's side: it sends one request to the testbed in --dir and prints the reply.
func controlVerb(verb string) func([]string) error {
	return func(args []string) error {
		flags := flag.NewFlagSet("testbed "+verb, flag.ContinueOnError)
		dir := flags.String("dir", os.Getenv("CARETAKER_TESTBED_DIR"), "the running testbed's `folder`")
		request := controlRequest{Verb: verb}
		argument := new(string) // where the one positional argument goes, if the verb takes one
		switch verb {
		case "kubeconfig":
			flags.StringVar(&request.User, "user", "", "the `name` that the API server will know the user by")
			flags.Var((*list)(&request.Groups), "group", "a `group` the user is in; may be repeated")
			argument = nil
		case "status":
			argument = nil
		case "namespace":
			argument = &request.Prefix
		case "start", "restart":
			flags.BoolVar(&request.NoWait, "no-wait", false, "do not wait until the component serves")
			fallthrough
		default:
			argument = &request.Component
		}
		positional, err := parseArgs(flags, args)
		if err != nil {
			return err
		}
		switch {
		case argument == nil && len(positional) > 0:
			return fmt.Errorf("takes no argument, but got %q", positional)
		case argument != nil && len(positional) != 1:
			return fmt.Errorf("takes one argument (components: %s), but got %q", strings.Join(componentNames, ", "), positional)
		case argument != nil:
			*argument = positional[0]
		}
		l, err := newLayout(*dir)
		if err != nil {
			return err
		}
		reply, err := ask(l.controlSocket(), request)
		if err != nil {
			return err
		}
		printReply(reply)
		return nil
	}
}

// ask sends one request and returns the reply; an error the testbed reports becomes this function's.
func ask(socket string, request controlRequest) (controlReply, error) {
	var reply controlReply
	connection, err := net.Dial("unix", socket)
	if err != nil {
		return reply, fmt.Errorf("no testbed answers at %s: %w; start one with 'testbed up --dir DIR'", socket, err)
	}
	defer connection.Close()
	if err := json.NewEncoder(connection).Encode(request); err != nil {
		return reply, fmt.Errorf("cannot send to %s: %w", socket, err)
	}
	if err := json.NewDecoder(connection).Decode(&reply); err != nil {
		return reply, fmt.Errorf("the testbed at %s ended before it answered: %w", socket, err)
	}
	if reply.Error != "" {
		return reply, errors.New(reply.Error)
	}
	return reply, nil
}

func printReply(reply controlReply) {
	if reply.Text != "" {
		fmt.Println(reply.Text)
	}
	if reply.State != nil {
		for _, component := range componentNames {
			c := reply.State.Components[component]
			detail := c.Exit
			if c.Pid != 0 {
				detail = fmt.Sprintf("process %d", c.Pid)
			}
			fmt.Println(strings.TrimSpace(fmt.Sprintf("%-24s %-8s %s", component, c.State, detail)))
		}
	}
}
