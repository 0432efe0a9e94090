import Catalogue
import CivilTime
import LedgerTesting
import Testing

/// A procedure played from its first step to its last, each due day counted by hand.
///
/// The days come back on purpose, so that few counts have to be checked (working days, `off` as the State Council
/// announced 2026):
///
/// - 2 March + 7: 3-6 are 4, 9-11 are 7. + 20: to 27 March 19, Monday **30 March**.
/// - 16 March + 20: 17-20 are 4, 23-27 are 9, 30 March to 3 April 14, 清明 off 4-6, 7-10 April 18, **14 April**.
/// - 23 March + 20: 24-27 are 4, to 3 April 9, 清明, 7-10 are 13, 13-17 are 18, **21 April**.
/// - 8 April + 7: 9, 10, then 13-**17 April**.
/// - 1 June + 15: 2-5 are 4, 8-12 are 9, 15-18 are 13, 端午 off 19-21, 22, **23 June**. + 20: 22-26 are 18, 29, **30 June**.
/// - 16 September + 20: 17, 18, worked Sunday 20, 21-24 are 7, 中秋 off 25-27, 28-30 are 10, 国庆 off 1-7 October,
///   8, 9, worked Saturday 10 are 13, 12-16 are 18, 19, **20 October**.
struct FieldChainPlay: Sendable, CustomTestStringConvertible {
    struct Step: Sendable {
        let kind: String
        let day: Day
        let body: String
        /// `item channel due`; `-` where no day is counted.
        let owed: Set<String>
    }

    let name: String
    let scopes: Set<ProjectScope>
    /// `item channel` of what is awaited after the first step.
    let awaited: Set<String>
    let steps: [Step]

    var testDescription: String { name }

    private static func step(_ kind: String, _ day: Day, by body: String, _ owed: String...) -> Step {
        Step(kind: kind, day: day, body: body, owed: Set(owed))
    }

    static let all = [environment, majorEnvironment, expropriation, major, ppp] + procurements + welfare

    private static let environment = FieldChainPlay(
        name: "environmental approval", scopes: [],
        awaited: ["I-FG-107 portal", "I-FG-107 credit"],
        steps: [
            step(
                "environment.accepted", "2026-03-02", by: "sx-environment", "I-FG-107 portal 2026-03-30"),
            step(
                "environment.approval_proposed", "2026-03-23", by: "sx-environment",
                "I-FG-107 portal 2026-04-21"),
            step(
                "environment.decided", "2026-04-08", by: "sx-environment", "I-FG-107 portal 2026-04-17",
                "I-FG-107 credit 2026-04-17"),
        ])

    /// The approval itself is the major project's own item; the two notices before it are everybody's.
    private static let majorEnvironment = FieldChainPlay(
        name: "environmental approval of a major project", scopes: [.major],
        awaited: ["I-FG-107 portal", "I-FG-145 portal", "I-FG-145 credit"],
        steps: [
            step(
                "environment.accepted", "2026-03-02", by: "sx-environment", "I-FG-107 portal 2026-03-30"),
            step(
                "environment.decided", "2026-04-08", by: "sx-environment", "I-FG-145 portal 2026-04-17",
                "I-FG-145 credit 2026-04-17"),
        ])

    private static let expropriation = FieldChainPlay(
        name: "land taking", scopes: [.major],
        awaited: [
            "I-FG-162 portal", "I-FG-162 onsite", "I-FG-159 portal", "I-FG-159 onsite", "I-FG-161 portal",
            "I-FG-161 onsite",
        ],
        steps: [
            step(
                "expropriation.pre_announced", "2026-03-02", by: "sx-land", "I-FG-155 portal 2026-03-30",
                "I-FG-155 onsite -"),
            step(
                "expropriation.plan_drafted", "2026-03-16", by: "sx-land", "I-FG-162 portal 2026-04-14",
                "I-FG-162 onsite -"),
            step(
                "expropriation.hearing_held", "2026-03-23", by: "sx-land", "I-FG-155 portal 2026-04-21"),
            step(
                "expropriation.approved", "2026-06-01", by: "sx-land", "I-FG-159 portal 2026-06-30",
                "I-FG-159 onsite -", "I-FG-161 portal 2026-06-30", "I-FG-161 onsite 2026-06-23"),
        ])

    private static let major = FieldChainPlay(
        name: "major project", scopes: [.major],
        awaited: [
            "I-FG-168 portal", "I-FG-169 portal", "I-FG-171 portal", "I-FG-173 portal", "I-FG-174 portal",
            "I-FG-175 portal", "I-FG-176 portal", "I-FG-177 portal", "I-FG-178 portal",
        ],
        steps: [
            step(
                "major.construction_permitted", "2026-03-02", by: "sx-housing", "I-FG-143 portal 2026-03-11",
                "I-FG-143 credit 2026-03-11"),
            step(
                "major.started", "2026-03-16", by: "sx-housing", "I-FG-168 portal 2026-04-14",
                "I-FG-169 portal 2026-04-14", "I-FG-171 portal 2026-04-14"),
            step(
                "major.design_changed", "2026-06-01", by: "sx-housing", "I-FG-163 portal 2026-06-30",
                "I-FG-164 portal 2026-06-30", "I-FG-165 portal 2026-06-30", "I-FG-166 portal 2026-06-30",
                "I-FG-167 portal 2026-06-30"),
            step(
                "major.completed", "2026-09-16", by: "sx-housing", "I-FG-173 portal 2026-10-20",
                "I-FG-174 portal 2026-10-20"),
            step("major.delivered", "2026-09-16", by: "sx-housing", "I-FG-176 portal 2026-10-20"),
        ])

    private static let ppp = FieldChainPlay(
        name: "public-private partnership", scopes: [.ppp],
        awaited: ["I-FG-188 portal", "I-FG-191 portal"],
        steps: [
            step(
                "major.ppp_planned", "2026-03-02", by: "sx-finance", "I-FG-191 portal 2026-03-30",
                "I-FG-192 portal 2026-03-30", "I-FG-193 portal 2026-03-30", "I-FG-194 portal 2026-03-30"),
            step("major.ppp_contracted", "2026-03-16", by: "sx-finance", "I-FG-188 portal 2026-04-14"),
            step(
                "major.ppp_started", "2026-06-01", by: "sx-finance", "I-FG-188 portal 2026-06-30",
                "I-FG-191 portal 2026-06-30"),
        ])

    private static let procurements = [
        FieldChainPlay(
            name: "framework agreement", scopes: [],
            awaited: ["I-FG-021 portal", "I-FG-021 platform"],
            steps: [
                step(
                    "procurement.framework_solicited", "2026-03-02", by: "sx-finance",
                    "I-FG-018 portal 2026-03-30", "I-FG-018 platform 2026-03-30"),
                step(
                    "procurement.framework_selected", "2026-03-23", by: "sx-finance",
                    "I-FG-021 portal 2026-04-21", "I-FG-021 platform 2026-04-21"),
                // 2-5 June are 4, 8-12 are 9, Monday the 15th is 10.
                step(
                    "procurement.framework_expired", "2026-06-01", by: "sx-finance",
                    "I-FG-021 platform 2026-06-15"),
            ]),
        FieldChainPlay(
            name: "procurement of a service with prequalification", scopes: [],
            awaited: [
                "I-FG-018 portal", "I-FG-018 platform", "I-FG-019 portal", "I-FG-019 platform",
                "I-FG-020 portal", "I-FG-020 platform", "I-FG-021 portal", "I-FG-021 platform",
                "I-FG-022 portal", "I-FG-022 platform",
            ],
            steps: [
                step(
                    "procurement.prequalification_issued", "2026-03-02", by: "sx-finance",
                    "I-FG-018 portal 2026-03-30", "I-FG-018 platform 2026-03-30"),
                step(
                    "procurement.service_accepted", "2026-06-01", by: "sx-finance",
                    "I-FG-022 portal 2026-06-30", "I-FG-022 platform 2026-06-30"),
            ]),
        FieldChainPlay(
            name: "tender with prequalification", scopes: [],
            awaited: [
                "I-FG-044 portal", "I-FG-044 platform", "I-FG-045 portal", "I-FG-045 platform",
                "I-FG-046 portal", "I-FG-046 platform", "I-FG-047 portal",
            ],
            steps: [
                step(
                    "tender.prequalification_issued", "2026-03-02", by: "sx-housing",
                    "I-FG-044 portal 2026-03-30", "I-FG-044 platform 2026-03-30")
            ]),
        FieldChainPlay(
            name: "tender of a major project with prequalification", scopes: [.major],
            awaited: [
                "I-FG-149 portal", "I-FG-149 platform", "I-FG-151 portal", "I-FG-151 platform",
                "I-FG-152 portal", "I-FG-152 platform", "I-FG-153 portal",
            ],
            steps: [
                step("tender.approved", "2026-03-02", by: "sx-reform", "I-FG-139 portal 2026-03-30"),
                step(
                    "tender.prequalification_issued", "2026-03-16", by: "sx-housing",
                    "I-FG-150 portal 2026-04-14", "I-FG-150 platform 2026-04-14"),
            ]),
    ]

    private static let welfare = [
        FieldChainPlay(
            name: "poverty relief project", scopes: [], awaited: ["I-FG-067 onsite", "I-FG-066 portal"],
            steps: [
                step(
                    "welfare.poverty_project_listed", "2026-03-02", by: "sx-agriculture",
                    "I-FG-066 portal 2026-03-30"),
                step(
                    "welfare.poverty_funds_allocated", "2026-03-16", by: "sx-agriculture",
                    "I-FG-067 onsite 2026-04-14"),
                step(
                    "welfare.poverty_project_accepted", "2026-09-16", by: "sx-agriculture",
                    "I-FG-066 portal 2026-10-20"),
            ]),
        FieldChainPlay(
            name: "social aid", scopes: [],
            awaited: ["I-FG-073 onsite", "I-FG-075 onsite", "I-FG-076 onsite"],
            steps: [
                step("welfare.aid_reviewed", "2026-03-02", by: "sx-civil-affairs"),
                step(
                    "welfare.aid_confirmed", "2026-03-16", by: "sx-civil-affairs",
                    "I-FG-073 onsite 2026-04-14"),
                step(
                    "welfare.aid_paid", "2026-03-23", by: "sx-civil-affairs", "I-FG-075 onsite 2026-04-21",
                    "I-FG-076 onsite 2026-04-21"),
            ]),
        FieldChainPlay(
            name: "enrolment", scopes: [], awaited: ["I-FG-082 portal"],
            steps: [
                step(
                    "welfare.enrolment_planned", "2026-06-01", by: "sx-education",
                    "I-FG-082 portal 2026-06-30"),
                step(
                    "welfare.enrolment_completed", "2026-09-16", by: "sx-education",
                    "I-FG-082 portal 2026-10-20"),
            ]),
        FieldChainPlay(
            name: "epidemic", scopes: [], awaited: ["I-FG-095 portal"],
            steps: [
                step(
                    "welfare.epidemic_declared", "2026-03-02", by: "sx-health", "I-FG-095 portal 2026-03-30"),
                step("welfare.epidemic_ended", "2026-06-01", by: "sx-health", "I-FG-095 portal 2026-06-30"),
            ]),
        FieldChainPlay(
            name: "disaster", scopes: [], awaited: ["I-FG-113 portal"],
            steps: [
                step(
                    "welfare.disaster_response_started", "2026-03-02", by: "sx-emergency",
                    "I-FG-113 portal 2026-03-30"),
                step(
                    "welfare.relief_received", "2026-03-16", by: "sx-emergency", "I-FG-115 portal 2026-04-14"),
                step(
                    "welfare.relief_distributed", "2026-03-23", by: "sx-emergency",
                    "I-FG-115 portal 2026-04-21", "I-FG-116 portal 2026-04-21"),
                step(
                    "welfare.disaster_response_ended", "2026-06-01", by: "sx-emergency",
                    "I-FG-113 portal 2026-06-30"),
            ]),
        FieldChainPlay(
            name: "purchase of cultural services", scopes: [], awaited: ["I-FG-122 portal"],
            steps: [
                step(
                    "welfare.culture_purchase_listed", "2026-03-02", by: "sx-culture",
                    "I-FG-122 portal 2026-03-30"),
                step(
                    "welfare.culture_service_evaluated", "2026-09-16", by: "sx-culture",
                    "I-FG-122 portal 2026-10-20"),
            ]),
    ]
}
