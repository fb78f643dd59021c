package main

// The verb `git-serve`: Git repositories over HTTP or HTTPS, by the real git.
//
// In: a folder of bare repositories, and options. Out: `listening URL` on stdout, then every repository below the folder can
// be cloned, fetched and pushed at URL/its/path. The work is done by `git http-backend`, so what a client meets here is
// what it meets at a real host; ours are only the login, the faults a test may ask for, and a log of the requests.

import (
	"crypto/subtle"
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
)

func gitServe(args []string) error {
	flags := flag.NewFlagSet("testbed git-serve", flag.ContinueOnError)
	root := flags.String("root", "", "the `folder` of the bare repositories")
	listen := flags.String("listen", "127.0.0.1:0", "the `address` to listen on; port 0 takes any free one")
	user := flags.String("user", "", "require basic authentication with this `name`")
	password := flags.String("password", "", "and this `password`")
	tlsDir := flags.String("tls-dir", "", "serve HTTPS; the authority to trust is written to ca.crt in this `folder`")
	faultFile := flags.String("fault-file", "", "while this `file` exists its text is the fault: refuse, hang or cut")
	requestLog := flags.String("request-log", "", "append a line of JSON per request to this `file`")
	untilStdin := flags.Bool("until-stdin-closes", false, "end when stdin does")
	if extra, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(extra) > 0 {
		return fmt.Errorf("takes no argument, but got %q", extra)
	}
	if info, err := os.Stat(*root); err != nil || !info.IsDir() {
		return fmt.Errorf("--root %q is not a folder: name the folder that holds the bare repositories", *root)
	}
	backend, err := newGitBackend(*root)
	if err != nil {
		return err
	}
	var handler http.Handler = backend
	if *faultFile != "" {
		handler = withFaults(handler, *faultFile)
	}
	if *user != "" {
		handler = withLogin(handler, *user, *password)
	}
	if *requestLog != "" {
		if handler, err = withRequestLog(handler, *requestLog); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", *listen, err)
	}
	scheme := "http"
	if *tlsDir != "" {
		if listener, err = withTLS(listener, *tlsDir); err != nil {
			return err
		}
		scheme = "https"
	}
	ctx, stop := untilToldToEnd(*untilStdin)
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- http.Serve(listener, handler) }()
	fmt.Printf("listening %s://%s\n", scheme, listener.Addr())
	select {
	case err := <-failed:
		return fmt.Errorf("stopped serving on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
		return nil
	}
}

// gitBackend hands each request to a `git http-backend` of its own.
type gitBackend struct{ git, root string }

func newGitBackend(root string) (gitBackend, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return gitBackend{}, fmt.Errorf("git is not installed (%w): install git", err)
	}
	absolute, err := filepath.Abs(root)
	if err != nil {
		return gitBackend{}, fmt.Errorf("cannot resolve --root %s: %w", root, err)
	}
	return gitBackend{git, absolute}, nil
}

func (b gitBackend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := giveLength(r); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer r.Body.Close()
	environment := []string{
		"GIT_PROJECT_ROOT=" + b.root,
		"GIT_HTTP_EXPORT_ALL=1",
		"GIT_PROTOCOL=" + r.Header.Get("Git-Protocol"), // version=2, for one
		"GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_CONFIG_NOSYSTEM=1",
		// Pushes without a login, partial clones as at the public hosts, and folders of any owner.
		"GIT_CONFIG_COUNT=3",
		"GIT_CONFIG_KEY_0=http.receivepack", "GIT_CONFIG_VALUE_0=true",
		"GIT_CONFIG_KEY_1=uploadpack.allowFilter", "GIT_CONFIG_VALUE_1=true",
		"GIT_CONFIG_KEY_2=safe.directory", "GIT_CONFIG_VALUE_2=*",
	}
	(&cgi.Handler{Path: b.git, Args: []string{"http-backend"}, Root: "/", Dir: b.root, Env: environment}).ServeHTTP(w, r)
}

// giveLength spools a body of unknown length to a file: git sends large pushes in chunks, which CGI cannot express.
func giveLength(r *http.Request) error {
	if r.ContentLength >= 0 {
		return nil
	}
	spool, err := os.CreateTemp("", "testbed-push-*")
	if err != nil {
		return fmt.Errorf("cannot spool the request: %w", err)
	}
	_ = os.Remove(spool.Name()) // it lives until it is closed
	if r.ContentLength, err = io.Copy(spool, r.Body); err == nil {
		_, err = spool.Seek(0, io.SeekStart)
	}
	if err != nil {
		spool.Close()
		return fmt.Errorf("cannot spool the request: %w", err)
	}
	r.Body.Close()
	r.Body, r.TransferEncoding = spool, nil
	return nil
}

func withLogin(next http.Handler, user, password string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, secret, _ := r.BasicAuth()
		same := subtle.ConstantTimeCompare([]byte(name), []byte(user)) & subtle.ConstantTimeCompare([]byte(secret), []byte(password))
		if same != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="testbed"`)
			http.Error(w, "wrong user or password", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func withTLS(listener net.Listener, folder string) (net.Listener, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("cannot create --tls-dir: %w", err)
	}
	ca, err := openAuthority(folder, "testbed git")
	if err != nil {
		return nil, err
	}
	certificate, key, err := ca.server("git")
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, fmt.Errorf("cannot use the server's certificate: %w", err)
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}}), nil
}
