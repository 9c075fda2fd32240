package web

import (
	"context"
	"net/http"
	"time"
)

// standIn has the requests of one Do answered by somebody else than the network.
type standIn struct {
	answer  func(*http.Request) (*http.Response, error)
	network http.RoundTripper
	leaves  func() // called before a request goes to the network
}

// standIn makes one. What goes by the network is late by the machine's clock. Call end when the body is read.
func (o Options) standIn(ctx context.Context, timeout time.Duration, network http.RoundTripper) (within context.Context, s http.RoundTripper, end func()) {
	within, late := context.WithCancelCause(ctx)
	var limit *time.Timer
	leaves := func() { // on the goroutine of Do, as all of this
		if limit == nil {
			limit = time.AfterFunc(timeout, func() { late(ErrLate) })
		}
	}
	return within, standIn{o.Answer, network, leaves}, func() {
		if limit != nil {
			limit.Stop()
		}
		late(nil)
	}
}

// RoundTrip asks the one, then the other.
func (s standIn) RoundTrip(r *http.Request) (*http.Response, error) {
	if answer, err := s.answer(r); answer != nil || err != nil {
		return answer, err
	}
	s.leaves()
	return s.network.RoundTrip(r)
}
