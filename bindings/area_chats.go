package bindings

// chatsArea: Groups and channels: members, rights, invitations, topics.
var chatsArea = area{}
