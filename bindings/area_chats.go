package bindings

import (
	"slices"

	"github.com/tgscript/tgscript/bindings/spec"
)

// chatsArea: Groups and channels: members, rights, invitations, topics.
var chatsArea = area{
	title: "Groups and channels",
	classes: []spec.Class{
		fullPeerClass, participantClass, permissionsClass, adminLogClass, joinedClass, missingClass,
		inviteLinkClass, joinerClass, invitationClass, topicClass,
	},
	aliases: chatAliases,
	fields:  map[string][]spec.Field{"Peer": peerMoreFields},
	methods: map[string][]spec.Func{
		"Peer": peerMethods,
		"Client": slices.Concat(
			under("Who is who",
				getEntity, resolve, getPeerID, getInputEntity, getFull),
			under("Members and their rights",
				iterParticipants, getParticipants, getParticipant, getPermissions,
				editAdmin, editPermissions, banParticipant, unbanParticipant, kickParticipant, deleteParticipantHistory,
				iterAdminLog, getAdminLog),
			under("Photos",
				iterProfilePhotos, getProfilePhotos, setProfilePhoto, deleteProfilePhotos, editPhoto),
			under("Groups and channels",
				createGroup, createChannel, deleteChat, upgradeGroup, makeGigagroup, transferChat,
				joinChat, leaveChat, inviteToChat),
			under("Invite links",
				createInviteLink, exportInviteLink, editInviteLink, revokeInviteLink, deleteInviteLink, deleteRevokedInviteLinks,
				getInviteLink, iterInviteLinks, getInviteLinks, iterJoiners, getJoiners,
				iterJoinRequests, getJoinRequests, approveJoinRequest, declineJoinRequest, checkInvite),
			under("Groups and channels",
				editTitle, editAbout, editUsername, editChat, setDiscussionGroup, setStickerSet, setAvailableReactions, setLocation, getStats),
			under("Topics",
				createTopic, editTopic, deleteTopic, pinTopic, reorderTopics, iterTopics, getTopics),
		),
	},
}
