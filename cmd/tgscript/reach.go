package main

import (
	"context"

	"github.com/tgscript/tgscript"
)

// reach finds the tgscript that runs with the config.
func (a *app) reach(ctx context.Context) (*tgscript.Running, error) {
	config, err := a.load()
	if err != nil {
		return nil, err
	}
	return tgscript.Reach(ctx, config)
}
