package main

// Kubeconfigs: who may speak to the API server, and as whom.
//
// In: a user and their groups. Out: a kubeconfig that carries a client certificate for them and the server's address. Every
// part of the testbed has a user of its own, so an audit line tells who made a request: what "admin" did was a test.

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// kubeconfigFor issues a certificate and returns the kubeconfig's text.
func (a *authority) kubeconfigFor(server, user string, groups ...string) ([]byte, error) {
	certificate, key, err := a.client(user, groups...)
	if err != nil {
		return nil, err
	}
	config := api.NewConfig()
	config.Clusters["testbed"] = &api.Cluster{Server: server, CertificateAuthorityData: a.pem}
	config.AuthInfos[user] = &api.AuthInfo{ClientCertificateData: certificate, ClientKeyData: key}
	config.Contexts["testbed"] = &api.Context{Cluster: "testbed", AuthInfo: user}
	config.CurrentContext = "testbed"
	text, err := clientcmd.Write(*config)
	if err != nil {
		return nil, fmt.Errorf("cannot encode the kubeconfig of %q: %w", user, err)
	}
	return text, nil
}

// credentialName is a file name for a user with these groups: readable, and different for different users.
func credentialName(user string, groups []string) string {
	readable := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, user)
	if len(readable) > 80 {
		readable = readable[:80]
	}
	digest := sha256.Sum256([]byte(user + "\x00" + strings.Join(groups, "\x00")))
	return fmt.Sprintf("%s-%x", readable, digest[:4])
}
