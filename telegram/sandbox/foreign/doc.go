// Package foreign proves that clients which nobody here wrote take the sandbox for Telegram: its
// tests run them, as the system's packages have them, against a server on loopback.
package foreign
