// The data files of the law, the catalogues, the forms and the pages, compiled into the program.
// Each is one constant below and one line in the table; a test compares the table with the folder.
#include "built_in.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char bodies_cc[] = {
#embed "files/bodies-CC.json"
};

static const unsigned char bodies_fg[] = {
#embed "files/bodies-FG.json"
};

static const unsigned char bodies_nt[] = {
#embed "files/bodies-NT.json"
};

static const unsigned char bodies_ss[] = {
#embed "files/bodies-SS.json"
};

static const unsigned char bodies_sw[] = {
#embed "files/bodies-SW.json"
};

static const unsigned char bodies_sx[] = {
#embed "files/bodies-SX.json"
};

static const unsigned char catalogue_cc[] = {
#embed "files/catalogue-CC.csv"
};

static const unsigned char catalogue_cn[] = {
#embed "files/catalogue-CN.csv"
};

static const unsigned char catalogue_fg[] = {
#embed "files/catalogue-FG.csv"
};

static const unsigned char catalogue_nt[] = {
#embed "files/catalogue-NT.csv"
};

static const unsigned char catalogue_sw[] = {
#embed "files/catalogue-SW.csv"
};

static const unsigned char catalogue_mapping[] = {
#embed "files/catalogue-mapping.csv"
};

static const unsigned char catalogue_triggers[] = {
#embed "files/catalogue-triggers.csv"
};

static const unsigned char catalogues[] = {
#embed "files/catalogues.json"
};

static const unsigned char demo_ss[] = {
#embed "files/demo-SS.json"
};

static const unsigned char demo_sx[] = {
#embed "files/demo-SX.json"
};

static const unsigned char demo_land_form[] = {
#embed "files/demo-land-form.json"
};

static const unsigned char english[] = {
#embed "files/english.csv"
};

static const unsigned char form_guangzhou_titles[] = {
#embed "files/form-guangzhou-titles.json"
};

static const unsigned char form_hospital_tenders[] = {
#embed "files/form-hospital-tenders.json"
};

static const unsigned char form_national_platform[] = {
#embed "files/form-national-platform.json"
};

static const unsigned char form_policy_texts[] = {
#embed "files/form-policy-texts.json"
};

static const unsigned char form_web_page[] = {
#embed "files/form-web-page.json"
};

static const unsigned char form_zhengzhou_land_notices[] = {
#embed "files/form-zhengzhou-land-notices.json"
};

static const unsigned char form_zhengzhou_land_results[] = {
#embed "files/form-zhengzhou-land-results.json"
};

static const unsigned char holidays[] = {
#embed "files/holidays.json"
};

static const unsigned char jurisdictions[] = {
#embed "files/jurisdictions.json"
};

static const unsigned char law_environment[] = {
#embed "files/law-environment.json"
};

static const unsigned char law_expropriation[] = {
#embed "files/law-expropriation.json"
};

static const unsigned char law_general[] = {
#embed "files/law-general.json"
};

static const unsigned char law_housing[] = {
#embed "files/law-housing.json"
};

static const unsigned char law_land[] = {
#embed "files/law-land.json"
};

static const unsigned char law_medical[] = {
#embed "files/law-medical.json"
};

static const unsigned char law_mining[] = {
#embed "files/law-mining.json"
};

static const unsigned char law_major[] = {
#embed "files/law-major.json"
};

static const unsigned char law_procurement[] = {
#embed "files/law-procurement.json"
};

static const unsigned char law_property[] = {
#embed "files/law-property.json"
};

static const unsigned char law_resources[] = {
#embed "files/law-resources.json"
};

static const unsigned char law_tendering[] = {
#embed "files/law-tendering.json"
};

static const unsigned char law_welfare[] = {
#embed "files/law-welfare.json"
};

static const unsigned char log_check_arithmetic[] = {
#embed "files/log-check-arithmetic.js"
};

static const unsigned char log_check_words_english[] = {
#embed "files/log-check-words-english.js"
};

static const unsigned char log_check_words[] = {
#embed "files/log-check-words.js"
};

static const unsigned char log_check_css[] = {
#embed "files/log-check.css"
};

static const unsigned char log_check_js[] = {
#embed "files/log-check.js"
};

static const unsigned char notice_checks[] = {
#embed "files/notice-checks.json"
};

static const unsigned char plan_filings[] = {
#embed "files/plan-filings.csv"
};

static const unsigned char plan_settings[] = {
#embed "files/plan-settings.csv"
};

static const unsigned char plan_targets[] = {
#embed "files/plan-targets.csv"
};

static const unsigned char plan_tasks[] = {
#embed "files/plan-tasks.csv"
};

static const unsigned char short_names[] = {
#embed "files/short-names.csv"
};

static const unsigned char recourse[] = {
#embed "files/recourse.json"
};

static const unsigned char regions[] = {
#embed "files/regions.txt"
};

static const unsigned char regions_past[] = {
#embed "files/regions-past.txt"
};

static const unsigned char site_css[] = {
#embed "files/site.css"
};

static const BuiltInFile table[] = {
    {"bodies-CC.json", bodies_cc, sizeof bodies_cc},
    {"bodies-FG.json", bodies_fg, sizeof bodies_fg},
    {"bodies-NT.json", bodies_nt, sizeof bodies_nt},
    {"bodies-SS.json", bodies_ss, sizeof bodies_ss},
    {"bodies-SW.json", bodies_sw, sizeof bodies_sw},
    {"bodies-SX.json", bodies_sx, sizeof bodies_sx},
    {"catalogue-CC.csv", catalogue_cc, sizeof catalogue_cc},
    {"catalogue-CN.csv", catalogue_cn, sizeof catalogue_cn},
    {"catalogue-FG.csv", catalogue_fg, sizeof catalogue_fg},
    {"catalogue-NT.csv", catalogue_nt, sizeof catalogue_nt},
    {"catalogue-SW.csv", catalogue_sw, sizeof catalogue_sw},
    {"catalogue-mapping.csv", catalogue_mapping, sizeof catalogue_mapping},
    {"catalogue-triggers.csv", catalogue_triggers, sizeof catalogue_triggers},
    {"catalogues.json", catalogues, sizeof catalogues},
    {"demo-SS.json", demo_ss, sizeof demo_ss},
    {"demo-SX.json", demo_sx, sizeof demo_sx},
    {"demo-land-form.json", demo_land_form, sizeof demo_land_form},
    {"english.csv", english, sizeof english},
    {"form-guangzhou-titles.json", form_guangzhou_titles, sizeof form_guangzhou_titles},
    {"form-hospital-tenders.json", form_hospital_tenders, sizeof form_hospital_tenders},
    {"form-national-platform.json", form_national_platform, sizeof form_national_platform},
    {"form-policy-texts.json", form_policy_texts, sizeof form_policy_texts},
    {"form-web-page.json", form_web_page, sizeof form_web_page},
    {"form-zhengzhou-land-notices.json", form_zhengzhou_land_notices, sizeof form_zhengzhou_land_notices},
    {"form-zhengzhou-land-results.json", form_zhengzhou_land_results, sizeof form_zhengzhou_land_results},
    {"holidays.json", holidays, sizeof holidays},
    {"jurisdictions.json", jurisdictions, sizeof jurisdictions},
    {"law-environment.json", law_environment, sizeof law_environment},
    {"law-expropriation.json", law_expropriation, sizeof law_expropriation},
    {"law-general.json", law_general, sizeof law_general},
    {"law-housing.json", law_housing, sizeof law_housing},
    {"law-land.json", law_land, sizeof law_land},
    {"law-major.json", law_major, sizeof law_major},
    {"law-medical.json", law_medical, sizeof law_medical},
    {"law-mining.json", law_mining, sizeof law_mining},
    {"law-procurement.json", law_procurement, sizeof law_procurement},
    {"law-property.json", law_property, sizeof law_property},
    {"law-resources.json", law_resources, sizeof law_resources},
    {"law-tendering.json", law_tendering, sizeof law_tendering},
    {"law-welfare.json", law_welfare, sizeof law_welfare},
    {"log-check-arithmetic.js", log_check_arithmetic, sizeof log_check_arithmetic},
    {"log-check-words-english.js", log_check_words_english, sizeof log_check_words_english},
    {"log-check-words.js", log_check_words, sizeof log_check_words},
    {"log-check.css", log_check_css, sizeof log_check_css},
    {"log-check.js", log_check_js, sizeof log_check_js},
    {"notice-checks.json", notice_checks, sizeof notice_checks},
    {"plan-filings.csv", plan_filings, sizeof plan_filings},
    {"plan-settings.csv", plan_settings, sizeof plan_settings},
    {"plan-targets.csv", plan_targets, sizeof plan_targets},
    {"plan-tasks.csv", plan_tasks, sizeof plan_tasks},
    {"short-names.csv", short_names, sizeof short_names},
    {"recourse.json", recourse, sizeof recourse},
    {"regions-past.txt", regions_past, sizeof regions_past},
    {"regions.txt", regions, sizeof regions},
    {"site.css", site_css, sizeof site_css},
};

size_t built_in_count(void) { return sizeof table / sizeof table[0]; }

BuiltInFile built_in_file(size_t index) { return table[index]; }
