package quantum.p35.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the system lets this process have, as {@code MemoryMax} and {@code CPUQuota} of the unit say, or Docker: the limits of
 * its own control group (cgroup v2 of Linux). Those of the groups above it are left out. Read anew each time, because they
 * can be changed while it runs.
 *
 * @param folder the control group's
 */
record CgroupLimits(Path folder) {

    private static final String V2 = "0::/";

    static CgroupLimits ofProcess() {
        return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /** @param groups tells which control group it is, and {@code mount} where they all are */
    static CgroupLimits of(Path groups, Path mount) {
        try {
            for (String line : Files.readAllLines(groups)) {
                if (line.startsWith(V2)) {
                    return new CgroupLimits(mount.resolve(line.substring(V2.length())));
                }
            }
        } catch (IOException e) {
            // no such file on this system
        }
        return new CgroupLimits(mount);
    }

    /** NaN when there is no limit, or the system does not tell. */
    double memoryBytes() {
        return number(words("memory.max")[0]);
    }

    /** 0.2 is a fifth of a core. NaN as of {@link #memoryBytes}. */
    double cpuCores() {
        // microseconds in each so many microseconds
        String[] quota = words("cpu.max");
        return quota.length == 2 ? number(quota[0]) / number(quota[1]) : Double.NaN;
    }

    private String[] words(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip().split(" ");
        } catch (IOException e) {
            return new String[] {""};
        }
    }

    private static double number(String word) {
        return word.matches("[0-9]+") ? Double.parseDouble(word) : Double.NaN;
    }
}
