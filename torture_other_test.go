//go:build !unix

package tgscript_test

func fillDisk(bool) error { return nil }

func (v *victim) freeze() {}

func (v *victim) thaw() {}
