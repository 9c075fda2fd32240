# What one types often. CI runs .ci/run, which is the judge.
.PHONY: all build test race lint generate bench fuzz torture ci

all: lint test

build:
	go build -trimpath -ldflags '-s -w' -o tgscript ./cmd/tgscript

test:
	go test ./...

race:
	go test -race ./...

lint:
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

generate:
	go generate ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

fuzz:
	go test -run '^$$' -fuzz FuzzFormatRoundTrip -fuzztime 30s ./telegram/text
	go test -run '^$$' -fuzz FuzzParse -fuzztime 30s ./telegram/text
	go test -run '^$$' -fuzz FuzzConfig -fuzztime 30s .

torture:
	TORTURE=long go test -run TestTorture -timeout 1h -count 1 -v .

ci:
	.ci/run
