// Expected dates: the published calendars of public holidays (service-public.fr), and counting on a calendar by hand.
#include "tests/catch.hpp"

#include "rules/feel/calendar.hpp"

#include <string>

using namespace spie::feel;

namespace {

Date date(std::string_view text) {
  INFO(text);
  const auto value = Date::parse(text);
  REQUIRE(value);
  return *value;
}

std::string show(const std::optional<Date> &value) { return value ? value->to_string() : "none"; }

std::string holiday(std::int64_t year, std::string_view name) {
  const auto all = french_public_holidays(year).value();
  for (const auto &one : all)
    if (one.name == name)
      return one.date.to_string();
  return "none";
}

} // namespace

TEST_CASE("the public holidays of 2022 are the eleven of the labour code", "[feel][calendar]") {
  const auto all = french_public_holidays(2022).value();
  std::string text;
  for (const auto &one : all)
    text += one.date.to_string() + ' ' + std::string(one.name) + '\n';
  CHECK(text == "2022-01-01 1er janvier\n"
                "2022-04-18 lundi de Pâques\n"
                "2022-05-01 1er mai\n"
                "2022-05-08 8 mai\n"
                "2022-05-26 Ascension\n"
                "2022-06-06 lundi de Pentecôte\n"
                "2022-07-14 14 juillet\n"
                "2022-08-15 Assomption\n"
                "2022-11-01 Toussaint\n"
                "2022-11-11 11 novembre\n"
                "2022-12-25 jour de Noël\n");
}

TEST_CASE("the feasts that move follow Easter", "[feel][calendar]") {
  CHECK(holiday(2023, "lundi de Pâques") == "2023-04-10");
  CHECK(holiday(2023, "Ascension") == "2023-05-18");
  CHECK(holiday(2023, "lundi de Pentecôte") == "2023-05-29");
  CHECK(holiday(2024, "lundi de Pâques") == "2024-04-01");
  CHECK(holiday(2024, "Ascension") == "2024-05-09");
  CHECK(holiday(2024, "lundi de Pentecôte") == "2024-05-20");
  CHECK(holiday(2025, "lundi de Pâques") == "2025-04-21");
  CHECK(holiday(2026, "lundi de Pâques") == "2026-04-06");
  CHECK(holiday(2008, "Ascension") == "2008-05-01"); // the same day as 1 May
  CHECK(french_public_holidays(2008)->size() == 11);
  // The earliest and the latest Easter there can be, 22 March and 25 April, and the years the tables correct (1954,
  // 1981, 2049, 2076: 18, 19, 18, 19 April).
  CHECK(holiday(1818, "lundi de Pâques") == "1818-03-23");
  CHECK(holiday(1943, "lundi de Pâques") == "1943-04-26");
  CHECK(holiday(2038, "lundi de Pâques") == "2038-04-26");
  CHECK(holiday(1954, "lundi de Pâques") == "1954-04-19");
  CHECK(holiday(1981, "lundi de Pâques") == "1981-04-20");
  CHECK(holiday(2049, "lundi de Pâques") == "2049-04-19");
  CHECK(holiday(2076, "lundi de Pâques") == "2076-04-20");
}

TEST_CASE("a month ends on its last day", "[feel][calendar]") {
  CHECK(show(end_of_month(date("2024-02-01"))) == "2024-02-29");
  CHECK(show(end_of_month(date("2023-02-28"))) == "2023-02-28");
  CHECK(show(end_of_month(date("1900-02-10"))) == "1900-02-28");
  CHECK(show(end_of_month(date("2022-12-20"))) == "2022-12-31");
}

TEST_CASE("months are added date to date, or from end to end", "[feel][calendar]") {
  CHECK(show(add_months(date("2022-01-31"), 1)) == "2022-02-28");
  CHECK(show(add_months(date("2022-02-28"), 1)) == "2022-03-28");
  CHECK(show(add_months(date("2022-12-20"), 2)) == "2023-02-20");
  CHECK(show(add_months(date("2024-02-29"), 12)) == "2025-02-28");
  CHECK(show(add_months(date("2024-03-31"), -1)) == "2024-02-29");
  CHECK(show(add_months_end(date("2022-02-28"), 1)) == "2022-03-31");
  CHECK(show(add_months_end(date("2022-01-31"), 1)) == "2022-02-28");
  CHECK(show(add_months_end(date("2024-02-28"), 1)) == "2024-03-28"); // not the end of that February
  CHECK(show(add_months_end(date("2024-02-29"), -2)) == "2023-12-31");
  CHECK(show(add_months_end(date("2022-06-15"), 6)) == "2022-12-15");
}

TEST_CASE("working days leave out week-ends and holidays", "[feel][calendar]") {
  CHECK(is_working_day(date("2022-06-03")) == true);  // Friday
  CHECK(is_working_day(date("2022-06-04")) == false); // Saturday
  CHECK(is_business_day_ouvrable(date("2022-06-04")) == true);
  CHECK(is_business_day_ouvrable(date("2022-06-05")) == false); // Sunday
  CHECK(is_working_day(date("2022-06-06")) == false);           // Whit Monday
  CHECK(is_business_day_ouvrable(date("2022-06-06")) == false);
  CHECK(is_public_holiday(date("2022-06-06")) == true);
  CHECK(is_public_holiday(date("2022-06-07")) == false);
  CHECK(is_working_day(date("2024-02-29")) == true); // a Thursday
}

TEST_CASE("working days are counted from the day after", "[feel][calendar]") {
  CHECK(show(add_working_days(date("2022-06-03"), 1)) == "2022-06-07"); // over Whit Monday
  CHECK(show(add_ouvrables(date("2022-06-03"), 1)) == "2022-06-04");
  CHECK(show(add_ouvrables(date("2022-06-03"), 2)) == "2022-06-07");
  CHECK(show(add_working_days(date("2022-06-07"), -1)) == "2022-06-03");
  CHECK(show(add_working_days(date("2022-06-04"), 0)) == "2022-06-04");
  // From Tuesday 20 December 2022: 21, 22, 23, 26-30 December (25 is a Sunday), 2, 3 January: ten days.
  CHECK(show(add_working_days(date("2022-12-20"), 10)) == "2023-01-03");
  // 2022 has 260 days from Monday to Friday; seven of the holidays fall on one of them (all but 1 January, 1 May, 8 May
  // and 25 December): 253.
  CHECK(show(add_working_days(date("2021-12-31"), 253)) == "2022-12-30");
  CHECK(show(add_working_days(date("2021-12-31"), 254)) == "2023-01-02");
}

TEST_CASE("years that the calendar does not hold give nothing", "[feel][calendar]") {
  CHECK(!end_of_month(date("1399-12-31")));
  CHECK(!end_of_month(date("10000-01-01")));
  CHECK(show(end_of_month(date("9999-12-01"))) == "9999-12-31");
  CHECK(!add_months(date("9999-12-01"), 1));
  CHECK(!add_months_end(date("9999-12-01"), 1));
  CHECK(!add_months_end(date("2022-01-01"), INT64_MAX));
  CHECK(!add_months_end(date("2022-01-01"), INT64_MIN));
  CHECK(!add_working_days(date("2022-01-01"), INT64_MAX));
  CHECK(!add_working_days(date("2022-01-01"), INT64_MIN));
  CHECK(!add_working_days(date("9999-12-31"), 1));
  CHECK(!add_working_days(date("1400-01-01"), -1));
  CHECK(!is_working_day(date("-2022-01-01")));
  CHECK(!french_public_holidays(1399));
  CHECK(!french_public_holidays(10000));
  CHECK(holiday(1400, "1er janvier") == "1400-01-01");
}
