package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// open allows everything.
type open struct{}

func (open) Allowed(string) error   { return nil }
func (open) Named(string) error     { return nil }
func (open) Forbidden(string) error { return nil }

func TestSomebodyAnswersInPlaceOfTheNetwork(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hangs" {
			<-r.Context().Done()
		}
		_, _ = io.WriteString(w, "real")
	}))
	defer server.Close()
	broken := errors.New("broken")
	for sentence, row := range map[string]struct {
		path string
		want string
		err  error
	}{
		"an answer":                             {"/answer", "made up", nil},
		"an error":                              {"/broken", "", broken},
		"an answer that is late by its word":    {"/late", "", ErrLate},
		"what is left to the network":           {"/real", "real", nil},
		"the network is late by another clock":  {"/hangs", "", ErrLate},
		"an answer that is larger than allowed": {"/large", "", ErrTooLarge},
	} {
		t.Run(sentence, func(t *testing.T) {
			c := New(open{}, Options{
				Within: func(ctx context.Context, _ time.Duration, _ error) (context.Context, context.CancelFunc) {
					return context.WithCancel(ctx) // of a clock that stands still
				},
				Answer: func(r *http.Request) (*http.Response, error) {
					text := "made up"
					switch r.URL.Path {
					case "/real", "/hangs":
						return nil, nil
					case "/broken":
						return nil, broken
					case "/late":
						return nil, ErrLate
					case "/large":
						text = strings.Repeat("x", 101)
					}
					return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(text)), ContentLength: -1, Request: r}, nil
				},
			})
			defer c.Close()
			timeout := time.Hour
			if row.path == "/hangs" {
				timeout = 50 * time.Millisecond
			}
			got, err := c.Do(t.Context(), Request{Method: "GET", URL: server.URL + row.path, Header: http.Header{}, Timeout: timeout, Limit: 100})
			if !errors.Is(err, row.err) || row.err == nil && got.Body != row.want {
				t.Errorf("%q, %v", got.Body, err)
			}
		})
	}
}

// TestWithoutAStandInTheMachinesClockCounts, whoever else would measure.
func TestWithoutAStandInTheMachinesClockCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := New(open{}, Options{Within: func(ctx context.Context, _ time.Duration, _ error) (context.Context, context.CancelFunc) {
			return context.WithCancel(ctx)
		}})
		for range mostOpen {
			c.open <- struct{}{}
		}
		began := time.Now()
		if _, err := c.Do(t.Context(), Request{Timeout: time.Minute}); !errors.Is(err, ErrLate) || time.Since(began) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}
