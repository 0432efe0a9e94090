import ArgumentParser

@main
struct Sundial: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sundial",
        abstract: "日晷: the obligation ledger of public resource disclosure (公共资源配置公开义务台账).",
        discussion:
            "Exit codes: 0 done; 1 refused, failed, or findings; 64 the command line was wrong.",
        subcommands: [BenchCommand.self],
        groupedSubcommands: [
            CommandGroup(name: "Serve", subcommands: [ServeCommand.self, DemoCommand.self]),
            CommandGroup(
                name: "The ledger",
                subcommands: [
                    EventCommand.self, ProjectCommand.self, WithholdCommand.self, NotApplicableCommand.self,
                    RevokeCommand.self, SourceCommand.self, LedgerCommand.self, DayCommand.self,
                ]),
            CommandGroup(
                name: "Publishing",
                subcommands: [
                    PublishCommand.self, CorrectCommand.self, WithdrawCommand.self, EraseCommand.self,
                ]),
            CommandGroup(name: "The log", subcommands: [LogCommand.self, VerifyCommand.self]),
            CommandGroup(
                name: "Data",
                subcommands: [
                    ImportCommand.self, CatalogueCommand.self, CalendarCommand.self, CodeCommand.self,
                ]),
        ])
}
