// Tries mutants of JavaScript programs that are tested with Node's own runner. Each test file is loaded in a thread of
// its own, with modules of its own, and killed when its time is over or a test has failed.
const fs = require('node:fs');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const [MARK, PLAN, TREE, ORIGIN] = ['MARK', 'PLAN', 'TREE', 'ORIGIN'].map((each) => process.env['FETTLE_' + each]);
const LIMIT = Number(process.env.FETTLE_LIMIT);
const LEFT_OUT = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', 'target']);
const MOST_FILES = 5000;
const [first, given] = process.env.FETTLE_STAGES.split('\n').map((each) => each.split('\t').filter(Boolean));

const tell = (index, verdict) => fs.writeSync(1, `${MARK} ${index} ${verdict}\n`);

function files(directory, found = new Map()) {
    for (const each of fs.readdirSync(directory, { withFileTypes: true })) {
        const place = path.join(directory, each.name);
        if (each.isDirectory() && !LEFT_OUT.has(each.name)) {
            files(place, found);
        } else if (each.isFile() && found.size < MOST_FILES) {
            const status = fs.statSync(place);
            found.set(place, status.size + ':' + status.mtimeMs);
        }
    }
    return found;
}

const state = () => [...files(TREE)].map((each) => each.join(' ')).join('\n');

function restore() {
    for (const each of fs.readdirSync(TREE)) {
        if (!LEFT_OUT.has(each)) {
            fs.rmSync(path.join(TREE, each), { recursive: true, force: true });
        }
    }
    for (const each of fs.readdirSync(ORIGIN)) {
        if (!LEFT_OUT.has(each)) {
            fs.cpSync(path.join(ORIGIN, each), path.join(TREE, each), {
                recursive: true,
                filter: (source) => !LEFT_OUT.has(path.basename(source)),
            });
        }
    }
}

// As `node --test` finds them.
function tests() {
    const places = given.flatMap((each) =>
        fs.statSync(each).isDirectory() ? [...files(path.resolve(each)).keys()] : [path.resolve(each)]);
    const all = given.length > 0 ? places : [...files(process.cwd()).keys()].filter((file) => {
        const name = path.basename(file);
        return /\.[cm]?js$/.test(name)
            && (/(?:^test|[._-]test)\.[cm]?js$|^test-/.test(name)
                || path.relative(process.cwd(), file).split(path.sep).slice(0, -1).includes('test'));
    });
    const ahead = first.map((each) => path.resolve(each));
    return [...all.filter((each) => ahead.includes(each)), ...all.filter((each) => !ahead.includes(each))];
}

function run(file, until) {
    return new Promise((resolve) => {
        let out = '';
        let verdict = '';
        const worker = new Worker(file, { stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: 512 } });
        const stop = (why) => {
            verdict ||= why;
            worker.terminate();
        };
        const timer = setTimeout(() => stop('hung'), Math.max(1, until - Date.now()));
        worker.stdout.on('data', (piece) => {
            out = (out + piece).slice(-100000);
            if (/^\s*(?:not ok|✖)/m.test(out)) {
                stop('fail');
            }
        });
        worker.stderr.resume();
        worker.on('error', () => { verdict ||= 'fail'; });
        worker.on('exit', (code) => {
            clearTimeout(timer);
            resolve(verdict || (code === 0 && /^(?:#|ℹ) pass [1-9]/m.test(out) ? 'pass' : 'fail'));
        });
    });
}

async function judged() {
    const until = Date.now() + LIMIT;
    for (const file of tests()) {
        const verdict = await run(file, until);
        if (verdict !== 'pass') {
            return verdict;
        }
    }
    return 'pass';
}

(async () => {
    let pristine = state();
    for (const line of fs.readFileSync(PLAN, 'utf8').split('\n').filter(Boolean)) {
        const [index, name, edits = ''] = line.split('\t');
        const file = path.join(TREE, name);
        const before = fs.readFileSync(file);
        const status = fs.statSync(file);
        let text = before;
        for (const edit of edits.split(';').filter(Boolean).reverse()) {
            const [start, end, replacement] = edit.split(',');
            text = Buffer.concat([
                text.subarray(0, Number(start)), Buffer.from(replacement, 'base64'), text.subarray(Number(end))]);
        }
        fs.writeFileSync(file, text);
        let verdict = 'fail';
        try {
            verdict = await judged();
        } catch {
            // A mutant took the tests away.
        }
        tell(index, verdict);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, before);
        fs.utimesSync(file, status.atime, status.mtime);
        if (state() !== pristine) {
            restore();
            pristine = state();
        }
        if (verdict === 'pass') {
            break;
        }
    }
    process.exit(0);
})();
