import Foundation
import Testing

@Suite struct `The run of the tests` {
    /// Store tests take the engines that they find. Where both are required, a missing one must not pass.
    @Test func `has PostgreSQL where it is required`() {
        let environment = ProcessInfo.processInfo.environment
        let isRequired = !(environment["SUNDIAL_REQUIRE_POSTGRES"] ?? "").isEmpty
        let isThere = !(environment["SUNDIAL_TEST_POSTGRES"] ?? "").isEmpty
        #expect(isThere || !isRequired, "run the tests through script/postgres-test run")
    }
}
