package org.cartulary.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operating-system user the server runs as: the one who runs this program, or, because PostgreSQL refuses to run as
 * root, an unprivileged one when that is root.
 */
record ServerUser(long callerId, long userId, long groupId, List<String> switchingCommand) {
    private static final long ROOT = 0;
    private static final int NOBODY = 65_534;
    private static final int OWNER_MAY_ENTER = 0b001_000_000;
    private static final int GROUP_MAY_ENTER = 0b000_001_000;
    private static final int OTHERS_MAY_ENTER = 0b000_000_001;

    private static final List<List<String>> WAYS_TO_LEAVE_ROOT = List.of(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
            List.of("unshare", "--setgid=" + NOBODY, "--setuid=" + NOBODY),
            List.of("chroot", "--userspec=" + NOBODY + ":" + NOBODY, "--groups=", "/"));

    static ServerUser current() {
        UnixSystem caller = new UnixSystem();
        return caller.getUid() == ROOT
                ? new ServerUser(ROOT, NOBODY, NOBODY, wayToLeaveRoot())
                : new ServerUser(caller.getUid(), caller.getUid(), caller.getGid(), List.of());
    }

    private static List<String> wayToLeaveRoot() {
        return WAYS_TO_LEAVE_ROOT.stream()
                .flatMap(way -> installed(way).stream())
                .filter(ServerUser::works)
                .findFirst()
                .orElseThrow(
                        () -> new EmbeddedPostgresException(
                                "PostgreSQL refuses to run as root, and none of setpriv, unshare and chroot can switch to an"
                                        + " unprivileged user here. Run this program as an ordinary user, or install util-linux."));
    }

    private static Optional<List<String>> installed(List<String> way) {
        return Command.find(way.getFirst()).map(program -> {
            List<String> command = new ArrayList<>(way);
            command.set(0, program);
            return List.copyOf(command);
        });
    }

    /** Installed is not enough: reduced builds of these tools lack the options, and containers may forbid the switch. */
    private static boolean works(List<String> way) {
        List<String> trial = new ArrayList<>(way);
        trial.add("true");
        try {
            return Command.run(trial).succeeded();
        } catch (IOException notRunnable) {
            return false;
        }
    }

    /** The command as this user runs it. The process keeps its id: every switching tool replaces itself. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(switchingCommand);
        whole.addAll(command);
        return whole;
    }

    private boolean differsFromCaller() {
        return callerId != userId;
    }

    /** Gives the file or folder, not what is in it, to this user. */
    void own(Path path) throws IOException {
        if (differsFromCaller()) {
            Files.setAttribute(path, "unix:gid", (int) groupId, NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", (int) userId, NOFOLLOW_LINKS);
        }
    }

    boolean owns(Path path) throws IOException {
        return unixId(path, "unix:uid") == userId;
    }

    /** Whether only the caller or root can have put the contents of this folder there. */
    boolean trusts(Path folder) throws IOException {
        long owner = unixId(folder, "unix:uid");
        int writableByOthers = 0b000_010_010;
        return (owner == callerId || owner == ROOT) && (mode(folder) & writableByOthers) == 0;
    }

    /** The outermost folder on the way to and including the given one which this user may not enter. */
    Optional<Path> barrierOnTheWayTo(Path folder) throws IOException {
        Path path = folder.getRoot();
        for (Path name : folder) {
            path = path.resolve(name);
            if (Files.isDirectory(path) && !mayEnter(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** Fails with a way out when a folder on the way is closed to this user. */
    void requireWayTo(Path folder) throws IOException {
        Optional<Path> barrier = barrierOnTheWayTo(folder);
        if (barrier.isPresent()) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL refuses to run as root, so it is run as the user with id %d, who may not enter %s. Run this program as an ordinary user, put the data directory elsewhere (for instance under /var/lib), or open the way with: chmod o+x %s"
                            .formatted(userId, barrier.get(), barrier.get()));
        }
    }

    private boolean mayEnter(Path folder) throws IOException {
        if (!differsFromCaller()) {
            return Files.isExecutable(folder);
        }
        if (owns(folder)) {
            return (mode(folder) & OWNER_MAY_ENTER) != 0;
        }
        boolean sameGroup = unixId(folder, "unix:gid") == groupId;
        return (mode(folder) & (sameGroup ? GROUP_MAY_ENTER : OTHERS_MAY_ENTER)) != 0;
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode");
    }

    private static long unixId(Path path, String attribute) throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(path, attribute, NOFOLLOW_LINKS));
    }
}
