/** Commands that paired nodes know, and those that act on the world around a device. */
export interface NodeCommands {
  readonly known: readonly string[];
  readonly dangerous: readonly string[];
}

/** OpenClaw 2026.3.7: the union of its six platform defaults. */
export const NODE_COMMANDS_FIRST_ERA: NodeCommands = {
  known: [
    ...['canvas.present', 'canvas.hide', 'canvas.navigate', 'canvas.eval', 'canvas.snapshot', 'canvas.a2ui.push'],
    ...['canvas.a2ui.pushJSONL', 'canvas.a2ui.reset', 'camera.list', 'location.get', 'device.info', 'device.status'],
    ...['contacts.search', 'calendar.events', 'reminders.list', 'photos.latest', 'motion.activity', 'motion.pedometer'],
    ...['system.notify', 'notifications.list', 'notifications.actions', 'device.permissions', 'device.health'],
    ...['system.run.prepare', 'system.run', 'system.which', 'browser.proxy'],
  ],
  dangerous: [
    'camera.snap',
    'camera.clip',
    'screen.record',
    'contacts.add',
    'calendar.add',
    'reminders.add',
    'sms.send',
  ],
};

/** Real commands that are in no platform default of 2026.3.7; denying them works. */
export const NODE_COMMANDS_OUTSIDE_DEFAULTS = ['system.execApprovals.get', 'system.execApprovals.set'];

/** OpenClaw 2026.9.6. */
export const NODE_COMMANDS_SECOND_ERA: NodeCommands = {
  known: [
    ...['camera.list', 'location.get', 'device.info', 'device.status', 'contacts.search', 'calendar.events'],
    ...['reminders.list', 'photos.latest', 'motion.activity', 'motion.pedometer', 'system.notify', 'watch.status'],
    ...['watch.notify', 'notifications.list', 'notifications.actions', 'device.permissions', 'device.health'],
    ...['device.apps', 'callLog.search', 'mobile.ui.observe', 'mobile.ui.act', 'camera.ptz.status'],
    ...['system.run.prepare', 'system.run', 'system.which', 'system.execApprovals.get', 'system.execApprovals.set'],
    ...['fs.listDir', 'terminal.upload', 'browser.proxy', 'browser.proxy.upload.v1', 'mcp.tools.call.v1'],
    ...['agent.cli.claude.run.v1', 'screen.snapshot', 'desktop.stream', 'computer.act', 'talk.ptt.start'],
    ...['talk.ptt.stop', 'talk.ptt.cancel', 'talk.ptt.once'],
  ],
  dangerous: [
    ...['camera.snap', 'camera.clip', 'camera.ptz.control', 'screen.record', 'contacts.add', 'calendar.add'],
    ...['reminders.add', 'sms.send', 'sms.search', 'health.summary'],
  ],
};
