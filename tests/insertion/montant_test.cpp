#include "tests/insertion/support.hpp"

using namespace spie;
using namespace spie::convention;
using namespace spie::convention::testing;

TEST_CASE("an amount is read in the ways people write it", "[montant]") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"1234", "1234"},
      {"1234.5", "1234.50"},
      {"1234,50", "1234.50"},
      {"1 234,50", "1234.50"},
      {"1 234.50", "1234.50"},
      {"1 234", "1234"},
      {"1\xC2\xA0"
       "234,50",
       "1234.50"},
      {"1\xE2\x80\xAF"
       "234\xE2\x80\xAF"
       "567,05",
       "1234567.05"},
      {"1.234,50", "1234.50"},
      {"1,234.50", "1234.50"},
      {"1.234.567,8", "1234567.80"},
      {"1.234.567", "1234567"},
      {"1,234,567", "1234567"},
      {"  12,05 ", "12.05"},
      {"0,5", "0.50"},
      {"007,50", "7.50"},
      {"0", "0"},
      {"999999999999.99", "999999999999.99"},
  }));
  CAPTURE(text);
  const MontantLu read = parse_montant(text);
  CHECK(read.fault == "");
  CHECK(read.montant == number(expected));
}

TEST_CASE("an amount that could be read in two ways, or is none, is refused with a reason", "[montant]") {
  const auto [text, reason] = GENERATE(table<std::string, std::string>({
      {"1.234", "deux façons"},
      {"1,234", "deux façons"},
      {"0.500", "deux façons"},
      {"12345,678", "deux façons"},
      {"1.2345", "plus de deux décimales"},
      {"1 234,567", "plus de deux décimales"},
      {"1.234,567", "plus de deux décimales"},
      {"1,2,3", "mal groupés"},
      {"12 34,50", "mal groupés"},
      {"1234 567", "mal groupés"},
      {"1.23.456", "mal groupés"},
      {"1,234.567,89", "mal groupés"},
      {"1 234.567,89", "mêle"},
      {"-12,00", "négatif"},
      {"\xE2\x88\x92"
       "12,00",
       "négatif"},
      {"+12", "pas un montant"},
      {"12 €", "pas un montant"},
      {"1e3", "pas un montant"},
      {"douze", "pas un montant"},
      {"", "manque"},
      {"  ", "manque"},
      {".50", "ne commence pas"},
      {"50,", "ne commence pas"},
      {".", "ne commence pas"},
      {"1000000000000", "douze chiffres"},
      {"99999999999999999999999999999999999999999999,99", "douze chiffres"},
  }));
  CAPTURE(text);
  const MontantLu read = parse_montant(text);
  CAPTURE(read.fault);
  CHECK(read.fault.find(reason) != std::string::npos);
  CHECK(!read.remedy.empty());
}

TEST_CASE("a date is read as ISO or as day, month, year", "[date]") {
  CHECK(parse_date("2022-06-01").date == day("2022-06-01"));
  CHECK(parse_date("01/06/2022").date == day("2022-06-01"));
  CHECK(parse_date(" 29/02/2024 ").date == day("2024-02-29"));
}

TEST_CASE("a date that does not exist is refused, with a guess when day and month look swapped", "[date]") {
  const auto [text, reason, remedy] = GENERATE(table<std::string, std::string, std::string>({
      {"06/25/2022", "il n'y a pas de mois 25 ; le jour et le mois semblent intervertis", "peut-être 25/06/2022"},
      {"2022-25-06", "le jour et le mois semblent intervertis", "peut-être 2022-06-25"},
      {"31/04/2022", "avril 2022 a 30 jours", "Vérifier"},
      {"29/02/2023", "février 2023 a 28 jours", "Vérifier"},
      {"2022-00-10", "n'existe pas", "Vérifier"},
      {"32/13/2022", "n'existe pas", "Vérifier"},
      {"01/06/22", "deux chiffres", "2022-06-01"},
      {"2022/06/01", "pas une date", "2022-06-01"},
      {"1/6/2022", "pas une date", "2022-06-01"},
      {"2022-06-01T00:00:00", "pas une date", "2022-06-01"},
      {"hier", "pas une date", "2022-06-01"},
      {"", "manque", "2022-06-01"},
  }));
  CAPTURE(text);
  const DateLue read = parse_date(text);
  CAPTURE(read.fault, read.remedy);
  CHECK(read.fault.find(reason) != std::string::npos);
  CHECK(read.remedy.find(remedy) != std::string::npos);
}
