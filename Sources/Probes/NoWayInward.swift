import HTTP
import Status
import Synchronization

/// Refuses the addresses to which a public page redirects inward: where the first address dialled is public, all must be.
///
/// The first one is the catalogue's, which the operator wrote, and may be in the operator's own network.
final class NoWayInward: Sendable {
    private let startsOutside = Mutex<Bool?>(nil)

    func admits(_ address: NetworkAddress) -> Bool {
        let isPublic = AddressGuard.objection(toNumber: address.host) == nil
        return startsOutside.withLock { outside in
            if outside == nil { outside = isPublic }
            return isPublic || outside == false
        }
    }
}
