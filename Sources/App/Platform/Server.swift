import CivilTime
import Counting
import Foundation
import Hummingbird
import Law
import Logging
import Obligations
import Portal
import Searching
import ServiceLifecycle
import Storage
import Transparency
import UnixSignals
import Web

/// The server and what runs beside it, until it is told to end.
package struct Server: Sendable {
    private let house: House
    private let host: String
    private let port: Int
    private let identity: SiteIdentity
    private let isSample: Bool
    private let certificate: ServerCertificate?
    private let logger: Logger

    /// - Parameters:
    ///   - siteName: what the site calls itself; nil for the program's name.
    ///   - siteCode: 网站标识码, ten digits; nil for a site that has none.
    ///   - baseURL: where readers reach the site; nil where each request has to say it.
    ///   - isSample: the data are invented; every page says so.
    ///   - certificate: what it answers by https with; nil for http.
    package init(
        house: House, host: String, port: Int, siteName: String? = nil, siteCode: String? = nil,
        baseURL: String? = nil, isSample: Bool, certificate: ServerCertificate? = nil, logger: Logger
    ) throws {
        self.house = house
        self.host = host
        self.port = port
        identity = try SiteIdentity(
            name: siteName ?? SiteIdentity.usualName, code: siteCode, baseURL: baseURL)
        self.isSample = isSample
        self.certificate = certificate
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT; requests in flight are finished.
    ///
    /// - Parameter onListening: told the port once the server answers.
    package func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        // What a reader or a crash kept in the files when it was erased.
        try await house.scrub()
        let web = WebServer(
            routes: portal.routes(), look: portal.look, logger: logger, certificate: certificate,
            translate: Portal.translate)
        var services: [any Service] = [
            web.application(host: host, port: port, onListening: onListening),
            FollowerService(runner: searchRunner),
            FollowerService(runner: countRunner), FollowerService(runner: sumRunner),
            DayKeeper(house: house, logger: logger),
        ]
        if let keeper = try logKeeper {
            try await startLog(keeper)
            services.append(LogService(keeper: keeper))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await ListenProblem.telling(host: host, port: port) { try await group.run() }
    }

    /// Where signing would make a second history the pages are served all the same; each try to sign says why it is refused.
    private func startLog(_ keeper: LogKeeper) async throws {
        do {
            try await keeper.start()
        } catch let problem as LogProblem where problem.kind == .conflict {
            logger.error("transparency log not signed", metadata: ["error": "\(problem.detail)"])
        }
    }

    private var portal: Portal {
        Portal(
            database: house.database, law: house.law, today: { [clock = house.clock] in clock.today },
            search: house.finder, identity: identity, isSample: isSample,
            logKeys: house.publishedLogKeys { [logger] error in
                logger.error("keys of the transparency log", metadata: ["error": "\(error)"])
            },
            endedLogs: house.endedLogs { [logger] error in
                logger.error("ended logs", metadata: ["error": "\(error)"])
            },
            signingRefusal: house.signingRefusal { [logger] error in
                logger.error("transparency log", metadata: ["error": "\(error)"])
            })
    }

    private var countRunner: FollowerRunner {
        house.countRunner { [logger] error in
            logger.error("count follower", metadata: ["error": "\(error)"])
        }
    }

    private var sumRunner: FollowerRunner {
        house.sumRunner { [logger] error in
            logger.error("sum follower", metadata: ["error": "\(error)"])
        }
    }

    private var logKeeper: LogKeeper? {
        get throws {
            try house.logKeeper { [logger] error in
                logger.error("transparency log", metadata: ["error": "\(error)"])
            }
        }
    }

    private var searchRunner: FollowerRunner {
        house.searchRunner { [logger] error in
            logger.error("search follower", metadata: ["error": "\(error)"])
        }
    }
}

extension House {
    /// Brings the search index up to what the journal says, unless a server does; and gives the lease back, so that the next
    /// command need not wait for it.
    package func followSearch(report: @escaping @Sendable (any Error) -> Void) async throws {
        let runner = searchRunner(report: report)
        do {
            try await runner.catchUp()
        } catch {
            try await runner.release()
            throw error
        }
        try await runner.release()
    }

    /// Moves the tally along the journal.
    package func countRunner(report: @escaping @Sendable (any Error) -> Void) -> FollowerRunner {
        var pace = FollowerRunner.Pace()
        // Rows of one import fall into the same few cells; a step still has to leave the one writer free soon.
        pace.batchMax = 2000
        return FollowerRunner(
            CountFollower(), source: database, target: database, pace: pace, now: { [clock] in clock.now },
            report: report)
    }

    /// Moves the sums of deals along the journal.
    package func sumRunner(report: @escaping @Sendable (any Error) -> Void) -> FollowerRunner {
        FollowerRunner(
            SumFollower(), source: database, target: database, pace: .init(), now: { [clock] in clock.now },
            report: report)
    }

    /// Moves the search index along the journal.
    package func searchRunner(report: @escaping @Sendable (any Error) -> Void) -> FollowerRunner {
        var pace = FollowerRunner.Pace()
        // A full-text index grows cheaper in large steps; one step still takes about a second at most.
        pace.batchMax = 2000
        let erasures = PendingErasures()
        return FollowerRunner(
            Scrubbing(followed: SearchFollower(), erasures: erasures), source: database, target: search,
            pace: pace, now: { [clock] in clock.now }, report: report,
            onCaughtUp: { [search] in
                try await erasures.scrub(search)
                return false
            })
    }
}

/// Follows the journal until the group ends.
private struct FollowerService: Service {
    let runner: FollowerRunner

    func run() async throws {
        await cancelWhenGracefulShutdown { await runner.run() }
    }
}

/// Opens periods, closes days and scrubs the files: at the start, and whenever a civil day has ended.
private struct DayKeeper: Service {
    let house: House
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var kept: Day?
            while !Task.isCancelled {
                if kept != house.clock.today { kept = await keep() ?? kept }
                do { try await Task.sleep(for: .seconds(20)) } catch { return }
            }
        }
    }

    /// - Returns: the day that was reached; nil when it has to be tried again.
    private func keep() async -> Day? {
        let today = house.clock.today
        do {
            let kept = try await house.keepDays()
            if kept.days > 0 {
                logger.info("days closed", metadata: ["days": "\(kept.days)", "overdue": "\(kept.overdue)"])
            }
            try await house.scrub()
            return today
        } catch is CancellationError {
            return nil
        } catch {
            logger.error("closing days", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
