import { type CallSite, type Machine, place } from '../../flow/machine.ts';
import { arg, callBack, fresh, lastFunction, type Model } from '../../flow/model.ts';
import { OPEN, stringsOf, type Value, withTaints } from '../../flow/value.ts';

const WALLET =
  /^(?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33}|[48][1-9A-HJ-NP-Za-km-z]{94})$/i;
/** Programs that put their input on the clipboard. */
const COPIERS = /^(?:\S*\/)?(?:pbcopy|xclip(?!.*\s-o)|xsel\b.*\s-\w*i|wl-copy|clip(?:\.exe)?)(?:\s|$)/;
const SWAPPED = 'the clipboard, with another wallet in it';

function isWallet(value: Value): boolean {
  return value.consts.some((c) => WALLET.test(String(c)));
}

/** Reads what the user copied. */
export const clipboardRead: Model = (machine, site) => {
  const value = fresh(machine, site, 'clipboard', 'the clipboard', 'reads the clipboard');
  callBack(machine, site, lastFunction(site), [value, value]);
  return value;
};

/** Marks text of the clipboard in which a constant address of a wallet takes the place of another text. */
export function replacedWallet(machine: Machine, receiver: Value, site: CallSite, result: Value): Value {
  if (!receiver.taints.some((t) => t.kind === 'clipboard') || !isWallet(arg(site, 1))) return result;
  const label = machine.taint('clipboard', SWAPPED, site.node, site.frame, 'puts the address of a wallet into it');
  return withTaints(result, [label]);
}

/** Putting an address of a wallet on the clipboard redirects what the user is about to pay. */
function copied(machine: Machine, site: CallSite, name: string, value: Value): void {
  if (!isWallet(value) && !machine.deep(value).some((t) => t.detail === SWAPPED)) return;
  machine.emit(
    {
      kind: 'notice',
      file: site.frame.unit.path,
      pos: place(site.node),
      api: name,
      notice: 'clipboard-swap',
      detail: '',
    },
    site.frame,
  );
}

/** Writes the clipboard. */
export const clipboardWrite: Model = (machine, site, name) => {
  copied(machine, site, name, arg(site, 0));
  return OPEN;
};

/** What a program gets as its input, when it is one that writes the clipboard. */
export function copiedByProgram(machine: Machine, site: CallSite, name: string, program: Value, input: Value): void {
  if (stringsOf(program).some((p) => COPIERS.test(p))) copied(machine, site, name, input);
}
