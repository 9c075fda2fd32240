package runtime

import (
	"context"
	"crypto/sha256"
	"errors"
)

// Sources are the files that a version of a script was made of, by absolute path. nil stands for one that was looked for
// and wasn't there.
type Sources map[string][]byte

// LastGood keeps the sources of a script's last version that could be loaded, beyond the end of the process.
type LastGood interface {
	Save(Sources)
	Load() Sources // nil if there are none
}

// sources are what a load has read.
func (f *files) sources() Sources {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := Sources{}
	for key, c := range f.seen {
		if source, read := f.kept[key]; read {
			all[key] = append([]byte{}, source...)
		} else if c == (content{}) {
			all[key] = nil
		}
	}
	return all
}

// filesOf are the files of a load that has read the sources.
func filesOf(sources Sources, limit int) *files {
	f := newFiles(limit)
	for key, source := range sources {
		if source == nil {
			f.seen[key] = content{}
			continue
		}
		f.seen[key], f.kept[key] = sha256.Sum256(source), source
	}
	return f
}

// keepGood notes the sources of the version that serves now.
func (s *Script) keepGood(g *Generation) {
	if s.config.LastGood != nil && s.config.Text == nil {
		s.config.LastGood.Save(g.files.sources())
	}
}

// rescue lets the last good version serve in place of the first one, which could not be loaded. The error stays, and
// tells which version serves.
func (s *Script) rescue(ctx context.Context, cause error) error {
	failure, ok := errors.AsType[*ScriptError](cause)
	if !ok || s.config.LastGood == nil || s.config.Text != nil || ctx.Err() != nil || errors.Is(cause, ErrStopped) || gone(s.path) {
		return cause
	}
	sources := s.config.LastGood.Load()
	if sources[s.path] == nil {
		return cause
	}
	tried := s.tried.Load()
	if err := s.attempt(ctx, filesOf(sources, s.host.opts.Limits.Source)); err != nil {
		return cause // of what is there now
	}
	s.tried.Store(tried) // a change of these is news
	failure.Serving = s.live.Load().number
	s.log.Warn("the script can't be loaded: the last good version of an earlier run serves instead, until the file is mended", "error", failure.Err)
	return failure
}
