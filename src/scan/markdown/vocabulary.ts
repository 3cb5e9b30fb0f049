/** Things that only a thief wants out of a machine. A service's own key is not among them. */
export const SECRETS =
  /~?\/?\.(?:ssh|aws|gnupg|kube|docker\/config|netrc|git-credentials|config\/(?:gh|gcloud))\b|\bid_(?:rsa|ed25519)\b|(?:^|[\s`"'/~])\.env\b(?!\.example|\.sample|\.template)|\.openclaw\/(?:openclaw\.json|credentials|\.env|identity)|auth-profiles\.json|\b(?:ssh|private|wallet|signing) keys?\b|\b(?:seed|recovery|secret) phrases?\b|\bmnemonics?\b|\bkeychain\b|\b(?:browser|session) cookies\b|\b(?:saved|stored|user'?s|all) passwords?\b|\b(?:all|every|any) (?:\w+ )?(?:api keys|tokens|credentials|secrets|environment variables|env vars)\b|\benvironment variables\b|\bcontents? of (?:the )?(?:env|environment)\b|\bos\.environ\b|\bprocess\.env\b|\bprintenv\b/i;
/** Words of sending; a request that is sent is no secret, and a file that is copied stays on the machine. */
export const SENDS =
  /\b(?:send|upload|post|forward|exfiltrate|transmit|submit|e-?mail|leak|beacon|deliver|push)\b(?!\s+(?:an?\s+|the\s+|your\s+)?(?:\w+\s+)?(?:requests?|quer(?:y|ies)|messages?|notifications?|GET|POST|prompts?|commands?|replies|reply)\b)|\b(?:append|attach|include|encode|embed|add|put)\b[^.!?\n]{0,60}\b(?:to|in|into|as)\b[^.!?\n]{0,20}\b(?:url|request|query|header|body|parameter|link|address)s?\b|\b(?:sende|schicke|übertrage|lade\b.{0,60}\bhoch|envoie|envoyez|transmets|envía|envia|enviar|manda|invia|verstuur|stuur)\b|отправ|передай|上传|发送|送信|アップロード|보내/iu;
/** Ways to make something public. */
export const PUBLISHES =
  /\b(?:post|push|upload|publish|paste|create|open)\b[^.!?\n]{0,60}\b(?:gist|pull request|public (?:repo\w*|channel|issue|branch))\b/i;
/** Verbs of taking and sending. */
export const TAKES =
  /\b(?:ask|request|prompt|read|collect|gather|find|grab|cat|extract|dump|harvest|steal|retrieve|fetch|take|get|open|list|search for|scan for|print|include|append|send|upload|post|forward|exfiltrate|transmit|copy|encode|submit|lies|lese|sammle|lis|lisez|lee|leia|leggi|lees)\b|прочитай|读取|読み取/giu;
/** Places outside of the machine. */
export const AWAY =
  /https?:\/\/|\b(?:webhook|remote (?:server|endpoint|host)|external (?:server|endpoint|url|address)|our (?:server|endpoint)|command and control|c2|pastebin|telegram|discord|attacker)\b|\bvia (?:curl|dns|http|e-?mail)\b/i;

/** Orders to keep quiet. */
export const CONCEAL =
  /\b(?:(?:do not|don'?t|never|avoid|without) (?:tell|telling|inform|informing|mention|mentioning|reveal|revealing|disclose|disclosing|notify|notifying|alert|alerting|show|showing|let|letting|report|reporting|explain|explaining|ask|asking|display|displaying|warn|warning)\b|(?:hide|conceal|keep) (?:this|these|it|the (?:upload|request|command|transfer|download|operation|activity|fact))\b|keep (?:this|it) (?:a )?(?:secret|hidden)|(?:silently|secretly|covertly|quietly) (?:send|upload|run|execute|install|download|post|forward|copy|collect|exfiltrate|transmit|append|add|modify|disable|read)|\bso (?:that )?(?:the )?(?:user|owner|human|nobody|no one|they|he|she)\b)/gi;
/** The purpose of an order is that nobody sees it. */
export const NOTICED =
  /\bso (?:that )?(?:the )?(?:(?:user|owner|human|they|he|she) (?:does not|doesn'?t|do not|don'?t|will not|won'?t|cannot|can'?t|never) (?:see|notice|know|find out|learn|suspect|realis|realiz)|(?:nobody|no one) (?:sees|notices|knows|finds out))(?:\w* (?:it|this|that|them|about|what you|anything)\b|[.!]|$)/i;
/** What is kept quiet about. */
export const CONCEALED_DEED =
  /\b(?:this|these|that|the) (?:step|instructions?|action|operation|request|upload|download|transfer|command|activity|check|rule|comment|section|behaviou?r|process|sync|call|message|part|task|directive|requirement|backup|telemetry|fact|exchange|bcc|cron ?job|connection|endpoint)s?\b|\bwhat you (?:did|do|sent|are doing|have done)\b|\b(?:about|of|mention) (?:it|this|that|these)\b(?! ?(?:feature|option))|\bthat (?:you|the|this|a|any)\b.{0,40}\b(?:sent|uploaded|ran|executed|installed|read|collected|shared|happened|copied|were sent|was sent)\b/i;

/** Orders to drop other orders. */
export const OVERRIDE =
  /\b(?:ignore|disregard|forget|override|bypass|discard|do not follow|stop following)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|existing|original|system|safety|all other|any other|developer|openclaw'?s?|your)\b[^.!?\n]{0,30}\b(?:instructions?|rules?|guidelines?|prompts?|directives?|policies|polic(?:y|ies)|constraints?|restrictions?|guardrails?|training|safeguards?)\b/gi;

/** Orders to switch a protection off. */
export const GUARD_OFF =
  /\b(?:disable|turn off|switch off|bypass|skip|deactivate|uninstall|kill|circumvent)\b[^.!?\n]{0,50}?(?:\b(?:sandbox(?:ing)?|approvals?|approval prompts?|exec approvals?|confirmations?|permission (?:prompts?|checks?)|safety (?:checks?|filters?|prompts?|guidelines?)|security (?:checks?|warnings?|controls?|software|scan(?:ner|ning)?s?)|guard ?rails?|anti-?virus|gatekeeper|windows defender|defender|real-time protection|firewall|system integrity protection|sip|smartscreen|quarantine|malware (?:scan|protection)\w*)\b|tools\.exec\.(?:ask|security)|exec\.(?:ask|security)\b|--yolo\b|--dangerously-[\w-]+|sandbox\.mode)/gi;

/** The same order in other languages. */
export const OVERRIDE_ELSEWHERE =
  /\b(?:ignoriere|missachte|vergiss)\b[^.!?\n]{0,30}\b(?:anweisungen|regeln|vorgaben)\b|\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,30}\b(?:instructions précédentes|consignes|instructions antérieures)|\b(?:ignora|ignore|olvida|esquece|dimentica)\b[^.!?\n]{0,30}\b(?:instrucciones|instruções|istruzioni|reglas|regras|regole)\b|\bnegeer\b[^.!?\n]{0,30}\b(?:instructies|regels)\b|(?:игнорируй|забудь)[^.!?\n]{0,30}(?:инструкци|указани|правил)|忽略[^。！？\n]{0,16}(?:指令|指示|规则|提示)|無視[^。！？\n]{0,16}|[^。！？\n]{0,16}(?:指示|命令)を無視/giu;

/** What makes the agent say yes by itself. */
export const ALWAYS_YES =
  /\b(?:auto-?approve|automatically approve|approve (?:all|every)|answer yes to (?:all|every)|always answer yes|accept all (?:prompts|permissions|requests)|always allow)\b[^.!?\n]{0,60}/gi;
/** Prompts that the agent answers in the place of its user. */
export const ANSWERS_ITSELF =
  /\b(?:answer|confirm|approve|accept|click|respond to|reply to)\b[^.!?\n]{0,40}\b(?:it|them|prompts?|requests?|approvals?|permissions?|dialogs?)\b[^.!?\n]{0,20}\b(?:yourself|on (?:(?:the user'?s|their) behalf|behalf of)|in the user'?s name|without (?:asking|waiting))|\b(?:send|type|enter|issue|post|reply with|run|submit|use)\b[^.!?\n]{0,50}\/approve\b[^.!?\n]{0,50}\b(?:yourself|on (?:(?:the user'?s|their|his|her) behalf|behalf of)|in the user'?s name|automatically|at once|immediately|without (?:asking|waiting))/gi;
/** What the agent believes from then on. */
export const REMEMBERS =
  /\b(?:add|append|write|save|store|put|insert)\b[^.!?\n]{0,60}\b(?:MEMORY|SOUL|AGENTS|USER|IDENTITY|HEARTBEAT|TOOLS|BOOTSTRAP)\.md\b/gi;
/** Done without the user seeing it. */
export const UNSEEN =
  /\bwithout (?:mention|tell|show|ask|inform)|\b(?:silently|secretly|quietly|covertly)\b|\b(?:do not|don'?t|never) (?:mention|tell|show|reveal)/i;
/** Done without the user being asked. */
export const UNASKED =
  /\bwithout (?:confirmation|approval|asking|question)|\b(?:always obey|never refuse|carry (?:it|them) out)\b/i;

/** What a word in an address is said to stand for. */
export const STANDS_FOR =
  /^[\s`'"]*(?:is|are|being|=|means|holds|contains|stands for|should be|must be|replaced (?:by|with)|set to|with)\b([^!?\n]{0,160})/i;

/** A text that is to be handed on. */
export const SPREADS =
  /\b(?:send|forward|share|post|copy|write|add|append|spread|inject)\b[^.!?\n]{0,30}\bthis (?:skill|message|text|instruction|prompt|section|file)\b[^.!?\n]{0,60}\b(?:all|every|each|other)\b[^.!?\n]{0,30}\b(?:contacts?|channels?|groups?|agents?|sessions?|skills?|workspaces?|users?|chats?|repositor\w+)\b/gi;
/** What nobody but its owner is to know. */
export const ASKS_SECRET =
  /\b(?:ask|prompt|request|require)\b[^.!?\n]{0,40}\b(?:seed phrase|recovery phrase|mnemonic|private key|sudo password|root password|login password|keychain password|master password|credit card|card number)\b/gi;
/** A new role in which no rule counts. */
export const NO_RULES =
  /\b(?:you are now|enter|switch to|activate|act as|you're now)\b[^.!?\n]{0,40}\b(?:developer mode|maintenance mode|debug mode|god mode|unrestricted|DAN\b|jailbroken|no restrictions|without (?:any )?restrictions)|\b(?:developer|god|unrestricted|jailbreak) mode is (?:on|active|enabled)\b|\b(?:restrictions|safety rules|guidelines|policies|safeguards) (?:do not|don't|no longer) apply\b|\b(?:rules|policies|guidelines|restrictions|instructions|system prompt)\b[^.!?\n]{0,40}\b(?:are|is) (?:void|suspended|lifted|revoked|no longer (?:valid|binding))\b/gi;
/** Answers that are not true. */
export const LIES =
  /\b(?:if|when|whenever) (?:the user|asked|anyone|they|someone|questioned)\b[^.!?\n]{0,80}\b(?:deny|lie\b|pretend|claim (?:that )?(?:it|this|nothing|no|you)|say (?:that )?(?:nothing|it was|this was|you (?:did not|didn't|do not|don't|have no)))/gi;
/** Payments that go to somebody else. */
export const PAYEE =
  /\b(?:replace|swap|substitute|change)\b[^.!?\n]{0,60}\b(?:wallet|bitcoin|btc|eth|ethereum|recipient|payment|payout|iban|bank|deposit)\b[^.!?\n]{0,40}\b(?:address|number|account|details)?\b[^.!?\n]{0,20}\b(?:with|to|by)\b/gi;
/** Everything that the machine sends, by way of one server. */
export const PROXY =
  /\b(?:route|send|tunnel|proxy|redirect|set|export)\b[^.!?\n]{0,60}\b(?:all (?:\w+ )?(?:traffic|requests|connections)|HTTPS?_PROXY|ALL_PROXY)\b[^.!?\n]{0,60}https?:\/\/(?!localhost|127\.|\[::1\]|<|your)/gi;

/** What a person keeps private, as a whole. */
export const PRIVATE =
  /\b(?:entire|full|whole|complete|all)(?: of)?(?: the| your| user'?s)? (?:conversation|chat|message|session|memory|history|transcript|inbox|contact|address book|calendar)s?\b|\b(?:MEMORY|USER|SOUL)\.md\b|\bsession (?:transcripts?|files?|logs?)\b|\bconversation history\b|\baddress book\b/i;

/** Verbs of reading an address. */
export const FETCHES = /\b(?:fetch|download|read|visit|get|load|retrieve|open|curl|pull|check|poll|browse(?: to)?)\b/gi;
/** What is done with the answer. */
export const OBEYS =
  /\b(?:follow|execute|run|obey|apply|carry out|perform|do (?:what|whatever|everything|exactly))\b[^.!?\n]{0,40}\b(?:instructions?|commands?|steps|directives?|tasks?|orders|it says|they say|whatever|everything|output|script|code|it|them)\b/i;

/** Mail that is to be sent to somebody else too. */
export const COPIED =
  /\b(?:add|include|append|put|set|use|insert)\b[^.!?\n]{0,40}\b(?:bcc|blind copy)\b[^.!?\n]{0,60}@[\w.-]+\.\w+|\b(?:bcc|blind copy)\b[^.!?\n]{0,30}@[\w.-]+\.\w+/gi;

/** Ways to do something unseen. */
export const SECRETLY = /\b(?:silently|secretly|covertly|quietly)\b/i;
/** Orders to keep quiet, in the same breath. */
export const CONCEAL_TOO = /\b(?:do not|don'?t|never|without) (?:mention|tell|reveal|disclos|show|inform|notify)/i;
