// Command registry is an OCI registry for tests: the CNCF distribution registry, with its contents in memory.
//
// In: options. Out: `listening URL` on stdout, then the registry's own answers. Only what tests need is linked, so it is
// quick to build: no cloud's storage, no proxying.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/distribution/distribution/v3/configuration"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	"github.com/distribution/distribution/v3/registry/handlers"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
	"github.com/sirupsen/logrus"
	"golang.org/x/crypto/bcrypt"
)

const validity = 24 * time.Hour

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	listen := flag.String("listen", "127.0.0.1:0", "the `address` to listen at")
	user := flag.String("user", "", "require basic authentication with this user")
	password := flag.String("password", "", "and this password")
	files := flag.String("files", "", "the `folder` for files of its own")
	useTLS := flag.Bool("tls", false, "serve HTTPS; the authority to trust is written to ca.crt in the folder")
	clients := flag.Bool("client-certificates", false, "let in only who shows client.crt, which is written there too")
	untilStdin := flag.Bool("until-stdin-closes", false, "end when stdin does")
	flag.Parse()

	text := "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {inmemory: {}}\n"
	if *user != "" {
		path := filepath.Join(*files, "htpasswd")
		if err := writeLogin(path, *user, *password); err != nil {
			return err
		}
		text += fmt.Sprintf("auth: {htpasswd: {realm: registry, path: %q}}\n", path)
	}
	config, err := configuration.Parse(strings.NewReader(text))
	if err != nil {
		return fmt.Errorf("cannot read the configuration: %w", err)
	}
	logrus.SetLevel(logrus.ErrorLevel)
	app := handlers.NewApp(context.Background(), config)

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	scheme := "http"
	if *useTLS {
		scheme = "https"
		settings, err := tlsSettings(*files, *clients)
		if err != nil {
			return err
		}
		listener = tls.NewListener(listener, settings)
	}
	if *untilStdin {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
	fmt.Printf("listening %s://%s\n", scheme, listener.Addr())
	return http.Serve(listener, app)
}

func writeLogin(path, user, password string) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(fmt.Sprintf("%s:%s\n", user, hash)), 0o600)
}

// tlsSettings makes an authority, and certificates for the server and for a client.
func tlsSettings(folder string, clients bool) (*tls.Config, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "testbed registry authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(validity),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, authority, authority, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	if authority, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	if err := writePEM(filepath.Join(folder, "ca.crt"), "CERTIFICATE", der); err != nil {
		return nil, err
	}
	server, err := certify(authority, key, filepath.Join(folder, "server"), x509.ExtKeyUsageServerAuth)
	if err != nil {
		return nil, err
	}
	settings := &tls.Config{Certificates: []tls.Certificate{server}}
	if clients {
		if _, err := certify(authority, key, filepath.Join(folder, "client"), x509.ExtKeyUsageClientAuth); err != nil {
			return nil, err
		}
		settings.ClientAuth, settings.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		settings.ClientCAs.AddCert(authority)
	}
	return settings, nil
}

// certify writes name.crt and name.key, for 127.0.0.1.
func certify(authority *x509.Certificate, signer *ecdsa.PrivateKey, name string, usage x509.ExtKeyUsage) (tls.Certificate, error) {
	none := tls.Certificate{}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return none, err
	}
	certificate := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: filepath.Base(name)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(validity),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{usage},
	}
	der, err := x509.CreateCertificate(rand.Reader, certificate, authority, &key.PublicKey, signer)
	if err != nil {
		return none, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return none, err
	}
	if err := writePEM(name+".crt", "CERTIFICATE", der); err != nil {
		return none, err
	}
	if err := writePEM(name+".key", "PRIVATE KEY", secret); err != nil {
		return none, err
	}
	return tls.LoadX509KeyPair(name+".crt", name+".key")
}

func writePEM(path, kind string, bytes []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600)
}
