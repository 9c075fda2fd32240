package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// ErrRefused is an order that a Server has refused; its error says why.
var ErrRefused = errors.New("the sandbox refuses the order")

// ScenarioError is how a scenario has ended that was run by [Info.Do].
type ScenarioError struct{ Message, Long string }

func (e *ScenarioError) Error() string { return e.Message }

// Detail is the whole story in several lines.
func (e *ScenarioError) Detail() string { return e.Long }

// Do runs a scenario at a Server and returns what it has returned. print is told of each line that it
// prints, as it's printed.
func (i Info) Do(ctx context.Context, name string, lua []byte, print func(line string)) (results []string, err error) {
	body, err := json.Marshal(scenario{Name: name, Lua: string(lua)})
	if err != nil {
		return nil, fmt.Errorf("write an order: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+i.Address+"/do", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("write an order: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+i.Token)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // and no proxy: it's this machine
	answer, err := client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask the sandbox: %w", err)
	}
	defer answer.Body.Close()
	decoder := json.NewDecoder(answer.Body)
	if answer.StatusCode != http.StatusOK {
		var why struct{ Error, Hint string }
		_ = decoder.Decode(&why) // what isn't JSON says nothing
		return nil, fmt.Errorf("%w: %s (%s)", ErrRefused, why.Error, why.Hint)
	}
	for {
		var line Line
		switch err := decoder.Decode(&line); {
		case errors.Is(err, io.EOF):
			return nil, fmt.Errorf("ask the sandbox: %w", io.ErrUnexpectedEOF)
		case err != nil:
			return nil, fmt.Errorf("read the sandbox's answer: %w", err)
		}
		switch {
		case line.Print != nil:
			print(*line.Print)
		case line.Results != nil:
			return *line.Results, nil
		default:
			return nil, &ScenarioError{line.Error, line.Detail}
		}
	}
}
