// Package rpcerrors knows the errors with which Telegram refuses calls: their codes, the methods that may meet them,
// and what they mean in plain words. https://core.telegram.org/api/errors
//
// table.tsv is generated from the documentation of package tg; words.txt is written by hand, an error a line.
package rpcerrors

//go:generate go run ./generate table.tsv
