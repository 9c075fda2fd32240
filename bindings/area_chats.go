package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// chatsArea: Groups and channels: members, rights, invitations, topics.
var chatsArea = area{
	classes: []spec.Class{
		fullPeerClass, participantClass, permissionsClass, adminLogClass, joinedClass, missingClass,
		inviteLinkClass, joinerClass, invitationClass, topicClass,
	},
	aliases: chatAliases,
	fields:  map[string][]spec.Field{"Peer": peerMoreFields},
	methods: map[string][]spec.Func{
		"Peer": peerMethods,
		"Client": {
			getEntity, resolve, getPeerID, getInputEntity, getFull,
			iterParticipants, getParticipants, getParticipant, getPermissions,
			editAdmin, editPermissions, banParticipant, unbanParticipant, kickParticipant, deleteParticipantHistory,
			iterAdminLog, getAdminLog,
			iterProfilePhotos, getProfilePhotos, setProfilePhoto, deleteProfilePhotos, editPhoto,
			createGroup, createChannel, deleteChat, upgradeGroup, makeGigagroup, transferChat,
			joinChat, leaveChat, inviteToChat,
			createInviteLink, exportInviteLink, editInviteLink, revokeInviteLink, deleteInviteLink, deleteRevokedInviteLinks,
			getInviteLink, iterInviteLinks, getInviteLinks, iterJoiners, getJoiners,
			iterJoinRequests, getJoinRequests, approveJoinRequest, declineJoinRequest, checkInvite,
			editTitle, editAbout, editUsername, editChat, setDiscussionGroup, setStickerSet, setAvailableReactions, setLocation,
			createTopic, editTopic, deleteTopic, pinTopic, reorderTopics, iterTopics, getTopics,
			getStats,
		},
	},
}
