// The browser comes from npm (@sparticuz/chromium), not from Puppeteer's own download.
module.exports = { skipDownload: true };
