package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// servicesArea: what scripts need that is not Telegram.
var servicesArea = area{
	classes: []spec.Class{
		nullClass, httpClass, formattedTextClass, localesClass, translatorClass, webhookClass, hookRequestClass, databaseClass, sqlValueClass,
	},
	within: []spec.Namespace{
		jsonSpace, yamlSpace, csvSpace, base64Space, hexSpace, urlSpace, cryptoSpace, regexSpace, timeSpace, stateSpace, fsSpace, httpSpace,
		bitSpace, utf8Space, fmtSpace, i18nSpace, sqlSpace, hostSpace,
	},
	tg: []spec.Func{readEnv, runExec, atTime, atCron, inspectValue, startWebhook},
}
