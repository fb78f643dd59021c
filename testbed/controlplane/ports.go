package main

// Ports on loopback for a testbed's servers.
//
// In: nothing. Out: ports that nobody listens on and that no other testbed takes for as long as this one lives.
//
// They lie below the range from which the kernel serves outgoing connections and listeners that ask for any port: a
// component that was killed finds its own port free when it is started again. Testbeds keep off each other's ports by a
// lock file per port; a stranger can still take one between our look and the component's start, so `up` tries again.

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	lowestPort  = 12000
	highestPort = 32000
)

// reservedPort is a port and the lock that keeps other testbeds off it; closing the lock gives it back.
type reservedPort struct {
	number int
	lock   *os.File
}

func (p reservedPort) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.number)) }
func (p reservedPort) release()        { p.lock.Close() }

func reservePort() (reservedPort, error) {
	folder := filepath.Join(os.TempDir(), fmt.Sprintf("caretaker-testbed-ports-%d", os.Getuid()))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return reservedPort{}, fmt.Errorf("cannot create the folder of port locks: %w", err)
	}
	for range 500 {
		number := lowestPort + rand.IntN(portCeiling()-lowestPort)
		lock, err := tryLock(filepath.Join(folder, strconv.Itoa(number)))
		if errors.Is(err, syscall.EWOULDBLOCK) {
			continue
		} else if err != nil {
			return reservedPort{}, err
		}
		port := reservedPort{number, lock}
		if listener, err := net.Listen("tcp", port.address()); err == nil {
			listener.Close()
			return port, nil
		}
		port.release()
	}
	return reservedPort{}, fmt.Errorf("found no free port on 127.0.0.1 between %d and %d in 500 tries: stop what listens there", lowestPort, portCeiling())
}

// portCeiling is where the kernel's own choice of ports begins, if that leaves us room.
func portCeiling() int {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if err != nil {
		return highestPort
	}
	fields := strings.Fields(string(text))
	if len(fields) == 0 {
		return highestPort
	}
	first, err := strconv.Atoi(fields[0])
	if err != nil || first < lowestPort+1000 || first > highestPort {
		return highestPort
	}
	return first
}

// tryLock takes an exclusive lock on a file without waiting; EWOULDBLOCK says that another process holds it.
func tryLock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot open the lock %s: %w", path, err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, fmt.Errorf("cannot lock %s: %w", path, err)
	}
	return file, nil
}
