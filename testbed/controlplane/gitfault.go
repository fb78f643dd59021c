package main

// What a test may watch and break in `git-serve`: a log of the requests, and faults on demand.
//
// In: every request, and a file whose text is the fault in force. Out: the answer, or its lack, and lines of JSON.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// withFaults reads the fault file anew at each request, so a test breaks and mends the server by writing and removing it.
func withFaults(next http.Handler, file string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(file)
		if os.IsNotExist(err) {
			next.ServeHTTP(w, r)
			return
		}
		switch fault := strings.TrimSpace(string(text)); {
		case err != nil:
			http.Error(w, fmt.Sprintf("cannot read the fault file: %v", err), http.StatusInternalServerError)
		case fault == "refuse":
			http.Error(w, "refused, as the test asked", http.StatusInternalServerError)
		case fault == "hang":
			_, _ = io.Copy(io.Discard, r.Body) // only then does net/http notice that the client gives up
			<-r.Context().Done()
		case fault == "cut":
			cut(next, w, r)
		default:
			http.Error(w, fmt.Sprintf("the fault %q in %s is none of refuse, hang, cut", fault, file), http.StatusInternalServerError)
		}
	})
}

// cut promises the whole answer, sends half of its body and closes the connection.
func cut(next http.Handler, w http.ResponseWriter, r *http.Request) {
	whole := recorder{header: w.Header(), status: http.StatusOK}
	next.ServeHTTP(&whole, r)
	w.Header().Set("Content-Length", strconv.Itoa(whole.body.Len()))
	w.WriteHeader(whole.status)
	_, _ = w.Write(whole.body.Bytes()[:whole.body.Len()/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler) // the way to have net/http drop the connection
}

// recorder keeps an answer instead of sending it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header               { return r.header }
func (r *recorder) WriteHeader(status int)            { r.status = status }
func (r *recorder) Write(content []byte) (int, error) { return r.body.Write(content) }

// requestRecord is a line of the request log, written when the answer is over.
type requestRecord struct {
	Time        time.Time `json:"time"`
	Method      string    `json:"method"`
	Path        string    `json:"path"`
	Query       string    `json:"query,omitempty"`
	GitProtocol string    `json:"gitProtocol,omitempty"`
	UserAgent   string    `json:"userAgent,omitempty"`
	Status      int       `json:"status"` // 0 if none was sent
	Bytes       int       `json:"bytes"`  // of the answer's body
}

func withRequestLog(next http.Handler, path string) (http.Handler, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot open --request-log: %w", err)
	}
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		record := requestRecord{
			Time: time.Now().UTC(), Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery,
			GitProtocol: r.Header.Get("Git-Protocol"), UserAgent: r.UserAgent(),
		}
		counted := &counter{ResponseWriter: w}
		defer func() { // also when cut
			record.Status, record.Bytes = counted.status, counted.bytes
			mu.Lock()
			defer mu.Unlock()
			_ = json.NewEncoder(file).Encode(record)
		}()
		next.ServeHTTP(counted, r)
	}), nil
}

// counter notes what is sent through it.
type counter struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *counter) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(content []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(content)
	c.bytes += n
	return n, err
}
