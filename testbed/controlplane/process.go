package main

// One component's process.
//
// In: a command line, a log file, a home folder. Out: a process that can be killed, frozen and waited for, and that cannot
// outlive this program: the kernel kills it when the thread that started it ends.

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// commandLine is a program and its arguments, the first of which is the program's name for itself.
type commandLine struct {
	program string
	args    []string
}

type process struct {
	command *exec.Cmd
	frozen  bool
	ended   chan struct{} // closed when the process is gone and reaped
	exit    error         // why; to be read once ended is closed
}

// parent starts every child from one thread that lives as long as this program. Linux sends the parent-death signal at the
// end of the *thread* that forked, and Go ends threads as it likes, unless a goroutine is locked to one.
var parent = func() chan func() {
	jobs := make(chan func())
	go func() {
		runtime.LockOSThread()
		for job := range jobs {
			job()
		}
	}()
	return jobs
}()

func startProcess(line commandLine, logPath, home string) (*process, error) {
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot open the log of %s: %w", line.args[0], err)
	}
	defer log.Close()
	p := &process{ended: make(chan struct{})}
	p.command = &exec.Cmd{
		Path:        line.program,
		Args:        line.args,
		Env:         []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home},
		Dir:         home,
		Stdout:      log,
		Stderr:      log,
		SysProcAttr: &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true},
	}
	started := make(chan error)
	parent <- func() { started <- p.command.Start() }
	if err := <-started; err != nil {
		return nil, fmt.Errorf("cannot start %s: %w; run testbed/build again", line.args[0], err)
	}
	go func() {
		p.exit = p.command.Wait()
		close(p.ended)
	}()
	return p, nil
}

func (p *process) pid() int { return p.command.Process.Pid }

func (p *process) alive() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// kill ends the process at once, frozen or not, and returns when it is gone.
func (p *process) kill() {
	_ = p.command.Process.Kill() // fails only if it has ended
	<-p.ended
}

func (p *process) signal(signal syscall.Signal) error {
	if err := p.command.Process.Signal(signal); err != nil {
		return fmt.Errorf("cannot send %v to process %d: %w", signal, p.pid(), err)
	}
	p.frozen = signal == syscall.SIGSTOP
	return nil
}

// tail returns the end of a log, for an error that must show why a component died.
func tail(path string) string {
	const most = 3000
	file, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	if size, err := file.Seek(0, io.SeekEnd); err == nil && size > most {
		_, _ = file.Seek(-most, io.SeekEnd)
	} else {
		_, _ = file.Seek(0, io.SeekStart)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(text))
}
