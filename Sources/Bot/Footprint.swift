import CLoader
import Glibc

/// The memory of the process, made smaller once its start is over.
///
/// Loading a catalogue, training the matcher and the first handshakes touch most of Foundation, ICU and OpenSSL, and leave free memory
/// between what stays. A bot that runs touches a fraction of that again: of 49 MiB of `VmRSS`, 28 come back under load.
enum Footprint {
    /// Gives back what only the start needed. It may be called at any time, and costs some page faults afterwards.
    static func shrink() {
        malloc_trim(0)
        isitdown_each_constant_segment { start, count in
            guard let start else { return }
            let page = Int(getpagesize())
            // Whole pages only: what stands beside the segment on its first and last may be another's.
            let first = (Int(bitPattern: start) + page - 1) / page * page
            let end = (Int(bitPattern: start) + count) / page * page
            guard first < end else { return }
            // The next access finds what is in the file, most often still in the page cache. Refused, nothing has happened.
            madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_DONTNEED)
        }
    }
}
