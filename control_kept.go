package tgscript

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// longestOrder bounds a request that changes what is kept: a value, and what JSON makes of it.
const longestOrder = 8 << 20

func (c *control) kept(r *http.Request) (any, error) {
	var o KeptOrder
	if err := json.NewDecoder(io.LimitReader(r.Body, longestOrder)).Decode(&o); err != nil {
		return nil, &ControlError{Code: codeBadRequest, Message: "the request can't be read: " + err.Error(), Hint: `write {"do": "get", "account": "me", "space": "hello", "key": "name"}`}
	}
	return c.host.Kept(r.Context(), o)
}

// Kept carries out an order on what scripts keep: see Host.Kept.
func (r *Running) Kept(ctx context.Context, o KeptOrder) (answer KeptAnswer, err error) {
	body, err := json.Marshal(o)
	if err != nil {
		return answer, fmt.Errorf("ask for what is kept: %w", err)
	}
	err = r.first(func(socket string) error {
		return request(ctx, socket, http.MethodPost, "/kept", nil, body, func(in io.Reader) error {
			d := json.NewDecoder(in)
			d.UseNumber()
			return d.Decode(&answer)
		})
	})
	return answer, err
}
