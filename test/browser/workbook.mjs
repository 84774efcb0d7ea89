// Just enough of ZIP and XLSX to fill in a form as a unit would: cells of the first sheet.
import { inflateRawSync, crc32 as zlibCrc } from 'node:zlib';

// Node 18 has no zlib.crc32.
function crc32(data) {
	if (zlibCrc)
		return zlibCrc(data);
	let crc = -1;
	for (const byte of data) {
		crc ^= byte;
		for (let i = 0; i < 8; i++)
			crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ -1) >>> 0;
}

export function unzip(bytes) {
	const files = new Map();
	let at = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	const n = bytes.readUInt16LE(at + 10);
	at = bytes.readUInt32LE(at + 16);
	for (let i = 0; i < n; i++) {
		const size = bytes.readUInt32LE(at + 20), name = bytes.readUInt16LE(at + 28);
		const extra = bytes.readUInt16LE(at + 30), comment = bytes.readUInt16LE(at + 32);
		const from = bytes.readUInt32LE(at + 42), method = bytes.readUInt16LE(at + 10);
		const data = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
		const raw = bytes.subarray(data, data + size);
		files.set(bytes.toString('utf8', at + 46, at + 46 + name), method ? inflateRawSync(raw) : raw);
		at += 46 + name + extra + comment;
	}
	return files;
}

export function zip(files) {
	const parts = [], central = [];
	let at = 0;
	for (const [name, data] of files) {
		const head = Buffer.alloc(30), entry = Buffer.alloc(46), bytes = Buffer.from(name);
		head.writeUInt32LE(0x04034b50);
		entry.writeUInt32LE(0x02014b50);
		for (const [b, o] of [[head, 4], [entry, 6]]) {
			b.writeUInt16LE(20, o);
			b.writeUInt16LE(0x800, o + 2);
			b.writeUInt32LE(crc32(data), o + 10);
			b.writeUInt32LE(data.length, o + 14);
			b.writeUInt32LE(data.length, o + 18);
			b.writeUInt16LE(bytes.length, o + 22);
		}
		entry.writeUInt32LE(at, 42);
		parts.push(head, bytes, data);
		central.push(entry, bytes);
		at += 30 + bytes.length + data.length;
	}
	const end = Buffer.alloc(22), size = central.reduce((n, b) => n + b.length, 0);
	end.writeUInt32LE(0x06054b50);
	end.writeUInt16LE(files.size, 8);
	end.writeUInt16LE(files.size, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, ...central, end]);
}

const sheet = 'xl/worksheets/sheet1.xml';

// cells: { F3: 'text' }; rows: row numbers to be taken out.
export function fillIn(bytes, cells, rows = []) {
	const files = unzip(bytes);
	let xml = files.get(sheet).toString('utf8');
	for (const [place, text] of Object.entries(cells)) {
		const cell = new RegExp(`<c r="${place}"([^>]*?)( t="[a-zA-Z]+")?(/>|>.*?</c>)`);
		if (!cell.test(xml))
			throw new Error(`no cell ${place}`);
		xml = xml.replace(cell, (all, rest) => `<c r="${place}"${rest} t="inlineStr"><is><t>${text}</t></is></c>`);
	}
	for (const row of rows)
		xml = xml.replace(new RegExp(`<row r="${row}".*?</row>`, 's'), '');
	files.set(sheet, Buffer.from(xml));
	return zip(files);
}

// The texts of a column by row number.
export function column(bytes, letter) {
	const files = unzip(bytes), texts = [], found = {};
	const plain = s => [...s.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(m => m[1]).join('');
	for (const si of (files.get('xl/sharedStrings.xml') || '').toString().matchAll(/<si>(.*?)<\/si>/gs))
		texts.push(plain(si[1]));
	const cells = new RegExp(`<c r="${letter}(\\d+)"[^>]*?( t="s")?>(?:<v>(.*?)</v>|(<is>.*?</is>))</c>`, 'gs');
	for (const m of files.get(sheet).toString().matchAll(cells))
		found[m[1]] = m[4] ? plain(m[4]) : m[2] ? texts[+m[3]] : m[3];
	return found;
}
