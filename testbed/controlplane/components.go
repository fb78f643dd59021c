package main

// What each component is started with.
//
// In: the layout, the ports and the options of `up`. Out: a command line per component, and the files it names.

import (
	"fmt"
	"os"
	"path/filepath"
)

// componentNames in the order they are started.
var componentNames = []string{"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"}

// ports of one testbed. The other components serve nothing.
type ports struct{ etcd, etcdPeer, apiserver reservedPort }

func reservePorts() (p ports, err error) {
	for _, port := range []*reservedPort{&p.etcd, &p.etcdPeer, &p.apiserver} {
		if *port, err = reservePort(); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (p ports) release() {
	p.etcd.release()
	p.etcdPeer.release()
	p.apiserver.release()
}

func (p ports) server() string { return "https://" + p.apiserver.address() }

// systemUsers are the testbed's own clients: the file name of each one's kubeconfig, its user and its groups.
var systemUsers = []struct {
	file, user string
	groups     []string
}{
	{"kube-controller-manager", "system:kube-controller-manager", nil},
	{"kube-scheduler", "system:kube-scheduler", nil},
	{"kwok", "kwok", []string{"system:masters"}},
	{"testbed", "testbed", []string{"system:masters"}},
}

// writeConfiguration writes everything that the components read at start, and returns the testbed's authority.
func writeConfiguration(l layout, p ports) (*authority, error) {
	ca, err := openAuthority(l.path("pki"), "testbed")
	if err != nil {
		return nil, err
	}
	// 10.96.0.1 is the address of the Service `kubernetes` in the range given to the API server below.
	certificate, key, err := ca.server("kube-apiserver", "10.96.0.1", "kubernetes", "kubernetes.default", "kubernetes.default.svc")
	if err != nil {
		return nil, err
	}
	if err := writeFile(l.pki("apiserver.crt"), certificate); err != nil {
		return nil, err
	}
	if err := writeFile(l.pki("apiserver.key"), key); err != nil {
		return nil, err
	}
	if err := makeSigningKey(l.pki("service-account.key"), l.pki("service-account.pub")); err != nil {
		return nil, err
	}
	for _, system := range systemUsers {
		text, err := ca.kubeconfigFor(p.server(), system.user, system.groups...)
		if err != nil {
			return nil, err
		}
		if err := writeFile(l.userKubeconfig(system.file), text); err != nil {
			return nil, err
		}
	}
	admin, err := ca.kubeconfigFor(p.server(), "admin", "system:masters")
	if err != nil {
		return nil, err
	}
	if err := writeFile(l.adminKubeconfig(), admin); err != nil {
		return nil, err
	}
	return ca, writeJSON(l.auditPolicy(), map[string]any{
		"apiVersion": "audit.k8s.io/v1",
		"kind":       "Policy",
		"omitStages": []string{"RequestReceived"},
		"rules":      []any{map[string]string{"level": "Metadata"}},
	})
}

// commandLines returns, by component, the program and its arguments; the first of them is the name it sees itself under.
func commandLines(l layout, p ports, audit bool) (map[string]commandLine, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cannot find the path of this program: %w", err)
	}
	bin := filepath.Dir(self)
	etcd, etcdPeer := "http://"+p.etcd.address(), "http://"+p.etcdPeer.address()
	apiserver := []string{
		"kube-apiserver",
		"--etcd-servers", etcd,
		"--bind-address", "127.0.0.1",
		"--advertise-address", "127.0.0.1",
		"--secure-port", fmt.Sprint(p.apiserver.number),
		"--client-ca-file", l.pki("ca.crt"),
		"--tls-cert-file", l.pki("apiserver.crt"),
		"--tls-private-key-file", l.pki("apiserver.key"),
		"--service-account-key-file", l.pki("service-account.pub"),
		"--service-account-signing-key-file", l.pki("service-account.key"),
		"--service-account-issuer", "https://kubernetes.default.svc",
		"--authorization-mode", "Node,RBAC",
		"--service-cluster-ip-range", "10.96.0.0/16",
		"--allow-privileged",
		// Nothing but this testbed uses this etcd: no lease that says which API servers live.
		"--endpoint-reconciler-type", "none",
	}
	if audit {
		apiserver = append(apiserver,
			"--audit-policy-file", l.auditPolicy(),
			"--audit-log-path", l.auditLog(),
			// In megabytes: a test reads the whole log, so it is never rotated.
			"--audit-log-maxsize", "1000000")
	}
	// The defaults for requests per second would make the testbed slower than what it tests.
	quick := []string{"--kube-api-qps", "1000", "--kube-api-burst", "2000", "--leader-elect=false", "--secure-port", "0"}
	return map[string]commandLine{
		"etcd": {self, []string{
			"etcd",
			"--data-dir", l.etcdData(),
			"--listen-client-urls", etcd,
			"--advertise-client-urls", etcd,
			"--listen-peer-urls", etcdPeer,
			"--initial-advertise-peer-urls", etcdPeer,
			"--initial-cluster", "default=" + etcdPeer,
			// What a testbed holds need not outlive the machine.
			"--unsafe-no-fsync",
			"--log-level", "warn",
		}},
		"kube-apiserver": {self, apiserver},
		"kube-controller-manager": {self, append([]string{
			"kube-controller-manager",
			"--kubeconfig", l.userKubeconfig("kube-controller-manager"),
			"--service-account-private-key-file", l.pki("service-account.key"),
			"--root-ca-file", l.pki("ca.crt"),
			"--use-service-account-credentials",
			// Node lifecycle stays on: it is what takes the not-ready taint off a node.
			"--controllers", "*,-node-ipam-controller,-cloud-node-lifecycle-controller",
			"--allocate-node-cidrs=false",
		}, quick...)},
		"kube-scheduler": {self, append([]string{
			"kube-scheduler",
			"--kubeconfig", l.userKubeconfig("kube-scheduler"),
		}, quick...)},
		"kwok": {filepath.Join(bin, "kwok"), []string{
			"kwok",
			"--kubeconfig", l.userKubeconfig("kwok"),
			"--config", filepath.Join(bin, "stages.yaml"),
			"--manage-all-nodes=true",
			"--node-lease-duration-seconds", "40",
			"--cidr", "10.128.0.0/16",
		}},
	}, nil
}
