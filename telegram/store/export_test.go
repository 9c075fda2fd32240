package store

// JournaledOn is a journaled store on another one.
var JournaledOn = journaledOn
