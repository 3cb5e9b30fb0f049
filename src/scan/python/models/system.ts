import { isCredentialName } from '../../data/credential-names.ts';
import { OPEN, stringsOf, tainted, type TaintKind, wholeStrings } from '../../flow/value.ts';
import { argument, type Model } from '../call.ts';
import { labelsOf } from '../../flow/compound.ts';
import { either, NOTHING, type PyValue, plain, UNKNOWN } from '../value.ts';

/** Directories that variables of the environment name. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['HOME', '~'],
  ['USERPROFILE', '~'],
  ['APPDATA', '~/AppData/Roaming'],
  ['LOCALAPPDATA', '~/AppData/Local'],
  ['TEMP', '/tmp'],
  ['TMPDIR', '/tmp'],
  ['OPENCLAW_STATE_DIR', '~/.openclaw'],
]);

/** One variable of the environment. */
const variable: Model = (it, call) => {
  const key = argument(call, 0, 'key');
  const initial = argument(call, 1, 'default');
  let out: PyValue = initial ? initial : NOTHING;
  for (const name of wholeStrings(key?.value ?? OPEN)) {
    const place = PLACES.get(name);
    if (place !== undefined) out = either(out, plain({ ...OPEN, open: false, consts: [place] }));
    else if (isCredentialName(name))
      out = either(out, it.program.labelled('env-secret', name, call.pos, `reads ${name} of the environment`));
    else out = either(out, UNKNOWN);
  }
  return out === NOTHING ? UNKNOWN : out;
};

const everything: Model = (it, call) => it.program.labelled('env-all', '', call.pos, 'reads the environment');

const label =
  (kind: TaintKind, detail: string, what: string): Model =>
  (it, call) =>
    it.program.labelled(kind, detail, call.pos, what);

const keys = label('clipboard', 'the keyboard', 'listens to the keyboard');

/** A listener calls what it is given with each key. */
const listener: Model = (it, call) => {
  it.program.events.push({
    kind: 'notice',
    notice: 'input-hook',
    detail: '',
    file: it.program.file,
    pos: call.pos,
    api: call.api,
  });
  const pressed = keys(it, call);
  for (const value of [...call.args, ...call.keywords.values()])
    if (value.func) it.invoke(value.func, [pressed, pressed], undefined);
  return UNKNOWN;
};

/** `winreg.SetValueEx(key, …)` on the keys that Windows starts programs from. */
const openKey: Model = (_it, call) => ({
  value: { ...OPEN, apis: ['key()'] },
  fields: new Map([['#path', argument(call, 1, 'sub_key') ?? UNKNOWN]]),
});

const setKey: Model = (it, call) => {
  const path = stringsOf(call.args[0]?.fields?.get('#path')?.value ?? OPEN)[0] ?? '';
  if (/\\CurrentVersion\\Run|\\Winlogon/i.test(path)) {
    it.program.report('persistence', 'critical', 'Adds a program to what Windows starts by itself.', [
      it.program.step(call.pos, `written with ${call.api}`),
    ]);
  }
  return UNKNOWN;
};

const userCrontab: Model = (it, call) => {
  it.program.report('persistence', 'critical', "Changes the user's cron jobs, so that it runs again later.", [
    it.program.step(call.pos, `written with ${call.api}`),
  ]);
  return UNKNOWN;
};

const thread: Model = (it, call) => {
  const target = call.keywords.get('target') ?? call.args[0];
  const args = call.keywords.get('args') ?? call.args[1];
  if (target?.func) it.invoke(target.func, args?.items ?? [], undefined);
  for (const api of target?.value.apis ?? []) if (api !== call.api) it.callNamed(api, args?.items ?? [], call.pos);
  return plain(tainted(labelsOf(args)));
};

function all(model: Model, names: readonly string[]): Record<string, Model> {
  return Object.fromEntries(names.map((n) => [n, model]));
}

/** What the machine, its user and its stores say. */
export const SYSTEM_MODELS: Readonly<Record<string, Model>> = {
  'os.getenv': variable,
  'os.environ.get': variable,
  'os.environ.pop': variable,
  'os.environ.setdefault': variable,
  'os.environ.copy': everything,
  'os.environ.items': everything,
  'os.environ.values': everything,
  'os.environ.keys': label('env-names', '', 'lists the names of the environment'),
  'environs.Env()': variable,
  'dotenv.dotenv_values': label('credential-file', 'an environment file', 'reads an environment file'),
  'keyring.get_password': label('credential-file', 'the system keychain', 'asks the keychain'),
  'keyring.get_credential': label('credential-file', 'the system keychain', 'asks the keychain'),
  ...all(label('credential-file', 'AWS credentials', 'asks for the AWS credentials in use'), [
    'boto3.Session().get_credentials',
    'boto3.session.Session().get_credentials',
    'botocore.session.get_session().get_credentials',
    'botocore.session.Session().get_credentials',
  ]),
  'google.auth.default': label('credential-file', 'Google Cloud credentials', 'asks for the Google Cloud credentials'),
  ...all(label('credential-file', 'Azure credentials', 'asks for an Azure token'), [
    'azure.identity.DefaultAzureCredential().get_token',
    'azure.identity.AzureCliCredential().get_token',
  ]),
  'secretstorage.get_default_collection': label('credential-file', 'the system keychain', 'asks the keychain'),
  'browser_cookie3.chrome': label('credential-file', 'browser passwords and cookies', 'reads the cookies of a browser'),
  'browser_cookie3.firefox': label(
    'credential-file',
    'browser passwords and cookies',
    'reads the cookies of a browser',
  ),
  'browser_cookie3.load': label('credential-file', 'browser passwords and cookies', 'reads the cookies of a browser'),
  'browser_cookie3.edge': label('credential-file', 'browser passwords and cookies', 'reads the cookies of a browser'),
  'win32crypt.CryptUnprotectData': label(
    'credential-file',
    'browser passwords and cookies',
    'decrypts what Windows keeps for this user',
  ),
  'pyperclip.paste': label('clipboard', 'the clipboard', 'reads the clipboard'),
  'win32clipboard.GetClipboardData': label('clipboard', 'the clipboard', 'reads the clipboard'),
  'PIL.ImageGrab.grab': label('clipboard', 'the screen', 'takes a picture of the screen'),
  'PIL.ImageGrab.grabclipboard': label('clipboard', 'the clipboard', 'reads the clipboard'),
  'pyautogui.screenshot': label('clipboard', 'the screen', 'takes a picture of the screen'),
  'pyscreenshot.grab': label('clipboard', 'the screen', 'takes a picture of the screen'),
  'pynput.keyboard.Listener': listener,
  'keyboard.on_press': listener,
  'keyboard.hook': listener,
  'keyboard.read_key': keys,
  'keyboard.record': keys,
  'socket.gethostname': label('machine', 'host name', 'asks for the host name'),
  'platform.node': label('machine', 'host name', 'asks for the host name'),
  'platform.uname': label('machine', 'host name', 'asks for the host name'),
  'os.uname': label('machine', 'host name', 'asks for the host name'),
  'getpass.getuser': label('machine', 'user name', 'asks for the user name'),
  'os.getlogin': label('machine', 'user name', 'asks for the user name'),
  'uuid.getnode': label('machine', 'network interfaces', 'asks for the network address'),
  'psutil.net_if_addrs': label('machine', 'network interfaces', 'asks for the network address'),
  input: label('param', 'the keyboard', 'asks its user'),
  'winreg.OpenKey': openKey,
  'winreg.CreateKey': openKey,
  'winreg.CreateKeyEx': openKey,
  'winreg.OpenKeyEx': openKey,
  'winreg.SetValueEx': setKey,
  'crontab.CronTab().write': userCrontab,
  'threading.Thread': thread,
  'multiprocessing.Process': thread,
  'asyncio.run': (_it, call) => call.args[0] ?? UNKNOWN,
};
