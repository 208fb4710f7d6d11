package dev.fettle.tools.sandbox.escape;

import static dev.fettle.tools.sandbox.escape.Attempt.doing;
import static dev.fettle.tools.sandbox.escape.Attempt.living;
import static dev.fettle.tools.sandbox.escape.Attempt.printing;
import static dev.fettle.tools.sandbox.escape.Attempt.reading;
import static dev.fettle.tools.sandbox.escape.Attempt.steering;
import static dev.fettle.tools.sandbox.escape.Attempt.writing;

import java.util.List;
import java.util.stream.Stream;

/// The list of attempts. All are harmless: what they reach for is made for them.
final class Attempts {
    private Attempts() {}

    static List<Attempt> all() {
        return Stream.of(
                        reads(),
                        writes(),
                        repository(),
                        sockets(),
                        kernel(),
                        processes(),
                        leftovers(),
                        resources(),
                        output())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attempt> reads() {
        return List.of(
                reading("a file by its absolute path", "cat $CANARY_FILE"),
                reading("a file through the parent directory", "cat ../out/secret"),
                reading("a file through many parents", "cat ../../../../../../../../$CANARY_FILE"),
                reading("a link made in the workspace", "ln -s $CANARY_FILE link; cat link"),
                reading("a link to a directory", "ln -s $OUT dir; cat dir/secret"),
                reading("a hard link", "ln $CANARY_FILE hard && cat hard"),
                reading("a copy", "cp $CANARY_FILE copy; cat copy"),
                reading("a redirection", "cat < $CANARY_FILE"),
                reading("bash's own reading", "echo \"$(<$CANARY_FILE)\""),
                reading("the root of this process", "cat /proc/self/root$CANARY_FILE"),
                reading("the root of the process outside", "cat /proc/$VICTIM/root$CANARY_FILE"),
                reading("the working directory of a process outside", "cat /proc/$VICTIM/cwd/secret"),
                reading("the environment of a process outside", "tr '\\0' '\\n' < /proc/$VICTIM/environ"),
                reading("the command line of a process outside", "tr '\\0' ' ' < /proc/$VICTIM/cmdline"),
                reading("every environment there is", "cat /proc/[0-9]*/environ | tr '\\0' '\\n'"),
                reading("every command line there is", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"),
                reading(
                        "a search of the directories around",
                        "find ${OUT%/*/*} -name secret -exec cat {} + 2>/dev/null"),
                reading("an archive of what is outside", "tar cf - -C $OUT . | tar xOf - ./secret"),
                reading("git as a file reader", "git diff --no-index /dev/null $CANARY_FILE"),
                reading("tar through a link in an archive", "ln -s $OUT l; tar chf a.tar l; tar xOf a.tar l/secret"),
                reading(
                        "an editor's include",
                        "printf 'r %s\\np\\n' $CANARY_FILE > s.ed; ed -s < s.ed || sed '' $CANARY_FILE"),
                reading("a here-document that expands", "cat <<END\n$(cat $CANARY_FILE)\nEND"),
                reading("BASH_ENV", "BASH_ENV=$CANARY_FILE bash -c : 2>&1; . $CANARY_FILE 2>&1"),
                reading("a path that leaves the workspace and comes back", "cat $PWD/../out/./secret"),
                reading("a find that follows links", "ln -s $OUT f; find -L . -name secret -exec cat {} +"),
                reading("a glob", "cat $OUT/s*t"));
    }

    private static List<Attempt> writes() {
        return List.of(
                writing("a file by its absolute path", "echo x > $OUT/new"),
                writing("a file through the parent directory", "echo x > ../out/new"),
                writing("appending", "echo x >> $CANARY_FILE"),
                writing("a link made in the workspace", "ln -s $OUT/new link; echo x > link"),
                writing("a link to a directory", "ln -s $OUT dir; echo x > dir/new"),
                writing("moving a file out", "echo x > f; mv f $OUT/f"),
                writing("moving the secret away", "mv $CANARY_FILE moved"),
                writing("deleting", "rm -f $CANARY_FILE"),
                writing("deleting the directory", "rm -rf $OUT"),
                writing("truncating", "truncate -s 0 $CANARY_FILE"),
                writing("changing the mode", "chmod 777 $CANARY_FILE"),
                writing("a hard link to write through", "ln $CANARY_FILE h && echo x > h"),
                writing("the working directory of a process outside", "echo x > /proc/$VICTIM/cwd/new"),
                writing(
                        "a repository that runs a program when it is looked at",
                        "git init -q h && git -C h config core.fsmonitor \"touch $OUT/new #\"; git -C h status"),
                writing(
                        "a repository that runs a program for a file",
                        "git init -q f && cd f && git config filter.x.clean \"touch $OUT/new; cat\""
                                + " && echo '* filter=x' > .gitattributes && echo a > a && git add a"),
                writing(
                        "unpacking an archive with absolute names",
                        "mkdir d; echo x > d/n; tar cPf a.tar --transform \"s,d/n,$OUT/new,\" d/n; tar xPf a.tar"),
                writing(
                        "git's work tree",
                        "git init -q w; cd w; echo x > n; git add n; git --work-tree=$OUT checkout -f -- n; git checkout-index -a --prefix=$OUT/"),
                writing("dd", "echo x | dd of=$OUT/new"),
                writing("tee", "echo x | tee $OUT/new"),
                writing("a directory", "mkdir $OUT/new"),
                writing("a pipe file", "mkfifo $OUT/new"),
                writing(
                        "patch through a link",
                        "ln -s $OUT p; printf -- '--- /dev/null\\n+++ p/new\\n@@ -0,0 +1 @@\\n+x\\n' | patch -p0 --follow-symlinks || echo x > p/new"));
    }

    private static List<Attempt> repository() {
        return List.of(
                steering("git config", "git config core.fsmonitor evil"),
                steering("writing the config", "echo '[alias]' >> .git/config"),
                steering("replacing the config", "echo x > c; mv -f c .git/config"),
                steering("a hook", "echo x > .git/hooks/pre-commit"),
                steering("a link in place of the hooks", "rm -rf .git/hooks; ln -s /tmp .git/hooks"),
                steering("info/attributes", "echo '* filter=evil' > .git/info/attributes"),
                steering("moving .git away", "mv .git .g && mkdir -p .git/hooks && echo x > .git/hooks/post-commit"),
                steering("deleting .git", "rm -rf .git"),
                steering("a repository in a directory", "git -C nested config core.pager evil"),
                steering("a hook of that repository", "echo x > nested/.git/hooks/pre-push"),
                steering("the agent's own settings", "echo x > .fettle/policy.json"),
                steering("a list of servers to start", "echo x > .mcp.json"),
                steering("an editor's tasks", "echo x > .vscode/tasks.json"),
                steering("a shell's set-up", "echo x > .envrc"),
                steering(
                        "an editor's settings that are not there yet",
                        "mkdir -p .idea && echo x > .idea/workspace.xml"),
                steering("hooks that are not there yet", "mkdir -p .husky; echo x > .husky/pre-commit"),
                steering("a place that is kept, taken away", "rmdir .husky; echo x > .husky"));
    }

    private static List<Attempt> sockets() {
        String python = "python3 -c \"import socket,os,sys;";
        return List.of(
                reading(
                        "a Unix socket by its path",
                        python + "s=socket.socket(socket.AF_UNIX);s.connect(os.environ['SOCK']);print(s.recv(99))\""),
                reading(
                        "a Unix socket through a link",
                        "ln -s $SOCK here; " + python
                                + "s=socket.socket(socket.AF_UNIX);s.connect('here');print(s.recv(99))\""),
                reading("a TCP server of the machine", "exec 3<>/dev/tcp/127.0.0.1/$PORT; head -c 99 <&3"),
                reading(
                        "a TCP server by python",
                        python
                                + "s=socket.create_connection(('127.0.0.1',int(os.environ['PORT'])));print(s.recv(99))\""),
                reading(
                        "a TCP server by IPv4-mapped IPv6",
                        python
                                + "s=socket.socket(socket.AF_INET6);s.connect(('::ffff:127.0.0.1',int(os.environ['PORT'])));print(s.recv(99))\""),
                doing("a socket that knows no network namespace", python + "socket.socket(40,1,0)\""),
                doing("a raw packet socket", python + "socket.socket(17,3,0)\""),
                doing("a raw IP socket", python + "socket.socket(2,3,1)\""));
    }

    private static List<Attempt> kernel() {
        return List.of(
                doing("a user namespace", "unshare -U true"),
                doing("a mount namespace", "unshare -m true"),
                doing("a network namespace", "unshare -n true"),
                doing("the namespaces of a process outside", "nsenter -t $VICTIM -m true"),
                doing("a mount", "mkdir m && mount -t tmpfs none m && umount m"),
                doing("a bind mount", "mkdir m && mount --bind /etc m && umount m"),
                doing("another root", "chroot / true"),
                doing("a device file", "mknod dev c 1 3"),
                doing("a user's identity", "setpriv --reuid=12345 --clear-groups true"),
                doing("a file's owner", "touch f && chown 12345 f"),
                doing("the kernel's log", "dmesg | grep ."),
                doing("the host's name", "hostname \"$(hostname)\""),
                doing("system settings", "v=$(cat /proc/sys/vm/swappiness); echo $v > /proc/sys/vm/swappiness"),
                doing("the password file", "head -c 1 /etc/shadow | grep ."),
                doing("a program in /usr", "touch /usr/local/bin/fettle-attempt && rm /usr/local/bin/fettle-attempt"),
                doing("a file in /etc", "touch /etc/fettle-attempt && rm /etc/fettle-attempt"),
                doing("a core file", "ulimit -c unlimited"),
                doing("a keyring", "python3 -c \"import ctypes;l=ctypes.CDLL(None);exit(l.syscall(250,0,-3,0)<0)\""),
                doing(
                        "a BPF program",
                        "python3 -c \"import ctypes,os;l=ctypes.CDLL(None,use_errno=True);r=l.syscall(321,5,0,0);exit(ctypes.get_errno()==1)\""),
                doing(
                        "a performance counter",
                        "python3 -c \"import ctypes,os;l=ctypes.CDLL(None,use_errno=True);b=ctypes.create_string_buffer(128);r=l.syscall(298,b,0,-1,-1,0);exit(ctypes.get_errno()==1)\""),
                doing(
                        "asynchronous I/O by rings",
                        "python3 -c \"import ctypes;l=ctypes.CDLL(None,use_errno=True);r=l.syscall(425,1,0);exit(ctypes.get_errno()==1)\""));
    }

    private static List<Attempt> processes() {
        return List.of(
                living("killing a process outside", "kill -9 $VICTIM"),
                living(
                        "killing all that can be seen",
                        "for p in /proc/[0-9]*; do [ ${p#/proc/} = $VICTIM ] && kill -9 $VICTIM; done"),
                living("stopping a process outside", "kill -STOP $VICTIM"),
                doing(
                        "tracing a process outside",
                        "python3 -c \"import ctypes,os;l=ctypes.CDLL(None);exit(l.ptrace(16,int(os.environ['VICTIM']),0,0)<0)\""),
                doing("its memory", "head -c 1 /proc/$VICTIM/maps | grep ."),
                doing("its priority", "renice -n 5 -p $VICTIM"),
                doing("its limits", "prlimit --pid $VICTIM --nofile"));
    }

    /// All sleep for a number of seconds that nothing else does, so that they are found.
    private static List<Attempt> leftovers() {
        return List.of(
                living("a background process", "sleep $LEFTOVER >/dev/null 2>&1 &"),
                living("a process in a session of its own", "setsid sleep $LEFTOVER >/dev/null 2>&1 & sleep 0.1"),
                living(
                        "one that ignores signals",
                        "nohup bash -c \"trap '' HUP TERM INT; sleep $LEFTOVER\" >/dev/null 2>&1 &"),
                living(
                        "one that nobody's child started",
                        "(setsid bash -c \"sleep $LEFTOVER & disown\" >/dev/null 2>&1 &)"),
                living("one without its environment", "(env -i setsid sleep $LEFTOVER >/dev/null 2>&1 &); sleep 0.1"),
                living(
                        "a daemon by the book",
                        "python3 -c \"import os,sys\nif os.fork(): sys.exit()\nos.setsid()\nif os.fork(): sys.exit()\nos.chdir('/')\n"
                                + "os.execvpe('sleep',['sleep','$LEFTOVER'],{'PATH':'/usr/bin:/bin'})\" >/dev/null 2>&1; sleep 0.1"));
    }

    private static List<Attempt> resources() {
        return List.of(
                doing("a file of 3 GiB", "truncate -s 3G huge"),
                doing("a core file of any size", "ulimit -Hc | grep unlimited"),
                doing("any number of open files", "exec 5000< /dev/null"),
                doing(
                        "more processes than a build needs",
                        "for i in {1..900}; do sleep 60 & done; sleep 2; n=$(jobs -r | wc -l); kill $(jobs -p); [ $n -gt 800 ]"),
                doing(
                        "all of the memory's scratch space",
                        "fallocate -l 600M /dev/shm/fettle-fill 2>/dev/null || fallocate -l 600M /tmp/fettle-fill;"
                                + " r=$?; rm -f /dev/shm/fettle-fill /tmp/fettle-fill; [ $r = 0 ]"));
    }

    private static List<Attempt> output() {
        return List.of(
                printing("a title for the terminal", "printf '\\033]0;owned\\007'"),
                printing(
                        "a link that shows another",
                        "printf '\\033]8;;http://evil.test\\033\\\\good\\033]8;;\\033\\\\'"),
                printing("a clipboard", "printf '\\033]52;c;cm0gLXJmIC8=\\007'"),
                printing("a cleared screen", "printf '\\033[2J\\033[H'"),
                printing("a report of what the terminal is", "printf '\\033[c\\033[6n'"),
                printing("eight-bit controls", "printf '\\302\\2332J'"),
                printing("a line that overwrites itself", "printf 'rm -rf x\\rls       '"),
                printing("letters in another order", "printf 'a\\342\\200\\256b'"),
                printing("invisible letters", "printf 'a\\342\\200\\213b'"),
                printing("more than anybody can read", "head -c 5000000 /dev/zero | tr '\\0' x"));
    }
}
