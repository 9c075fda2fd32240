package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Bounds of what is fetched.
const (
	mostInstalled = 1 << 20
	fetchPatience = 30 * time.Second
)

// fetchScript reads a script from a file or an address. source is how scripts.lock names it.
func fetchScript(ctx context.Context, from string) (source string, text []byte, err error) {
	if !strings.Contains(from, "://") {
		source, err = filepath.Abs(from)
		if err == nil {
			text, err = readFile(source)
		}
		return source, text, err
	}
	u, err := url.Parse(from)
	if err != nil {
		return "", nil, usageError{fmt.Errorf("read address: %w", err)}
	}
	if err := trusted(u); err != nil {
		return "", nil, usageError{err}
	}
	ctx, cancel := context.WithTimeout(ctx, fetchPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return "", nil, fmt.Errorf("fetch script: %w", err)
	}
	client := http.Client{CheckRedirect: func(next *http.Request, before []*http.Request) error {
		if next.URL.Host != u.Host || next.URL.Scheme != u.Scheme {
			return fmt.Errorf("it leads to another place, %s: install from there if you trust it", next.URL.Redacted())
		}
		if len(before) > 5 {
			return errors.New("it leads on and on")
		}
		return nil
	}}
	answer, err := client.Do(request)
	if err != nil {
		return "", nil, fmt.Errorf("fetch script: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // only read from
	if answer.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("fetch script: %s answers %s", u.Host, answer.Status)
	}
	text, err = atMost(answer.Body)
	return u.String(), text, err
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read script: %w", err)
	}
	defer func() { _ = f.Close() }() // only read from
	return atMost(f)
}

func atMost(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostInstalled+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read script: %w", err)
	case len(text) > mostInstalled:
		return nil, fmt.Errorf("read script: it is larger than %d bytes", mostInstalled)
	}
	return text, nil
}

// trusted says whether nobody on the way can change what comes from an address.
func trusted(u *url.URL) error {
	host := u.Hostname()
	ip := net.ParseIP(host)
	switch {
	case host == "":
		return fmt.Errorf("%s names no host", u.Redacted())
	case u.User != nil:
		return errors.New("an address with a password would end up in scripts.lock: fetch the file another way")
	case u.Scheme == "https", u.Scheme == "http" && (host == "localhost" || ip != nil && ip.IsLoopback()):
		return nil
	}
	return fmt.Errorf("%s can be changed on its way: use https", u.Redacted())
}
