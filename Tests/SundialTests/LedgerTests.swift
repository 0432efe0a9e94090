import Foundation
import Storage
import StorageSQLite
import Testing

@Suite struct `Starting a ledger from the command line` {
    private func start(_ data: String, _ more: [String]) throws {
        let answer = try Program.run(
            [
                "ledger", "start", "--jurisdiction", "FG", "--from", "2026-01-01", "--actor", "测试", "--data",
                data,
            ]
                + more)
        #expect(answer.code == 0, "\(answer.errors)")
    }

    private func count(_ query: SQL, in data: String) async throws -> Int {
        let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
        let found = try await database.read { try $0.row(query)?.int("n") ?? 0 }
        try await database.close()
        return found
    }

    @Test func `of an invented place in a real folder is refused`() async throws {
        try await withFolder { folder in
            let answer = try Program.run([
                "ledger", "start", "--jurisdiction", "SX", "--from", "2026-10-01", "--actor", "测试", "--data",
                folder + "/real",
            ])
            #expect(answer.code == 64)
            #expect(answer.errors.contains("示例辖区"))
            #expect(try await count("SELECT count(*) AS n FROM ledger", in: folder + "/real") == 0)
        }
    }

    @Test func `makes the silence of its own bodies count only when they publish here`() async throws {
        try await withFolder { folder in
            let (silent, here) = (folder + "/silent", folder + "/here")
            try start(silent, [])
            try start(here, ["--bodies-publish-here"])
            for data in [silent, here] {
                #expect(
                    try await count(
                        "SELECT count(*) AS n FROM obligation WHERE jurisdiction = 'FG'", in: data) > 0)
            }
            #expect(
                try await count("SELECT count(*) AS n FROM obligation WHERE observed = 1", in: silent) == 0)
            #expect(try await count("SELECT count(*) AS n FROM obligation WHERE observed = 0", in: here) == 0)
            #expect(
                try await count(
                    """
                    SELECT count(*) AS n FROM body WHERE jurisdiction = 'FG' AND kind IN ('organ', 'enterprise')
                        AND publishes_here = 0
                    """, in: here) == 0)
            // Nobody else's bodies.
            #expect(
                try await count(
                    "SELECT count(*) AS n FROM body WHERE jurisdiction <> 'FG' AND publishes_here = 1",
                    in: here)
                    == (try await count("SELECT count(*) AS n FROM body WHERE publishes_here = 1", in: silent))
            )
        }
    }
}
