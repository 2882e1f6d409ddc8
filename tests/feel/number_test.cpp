// Expected values: DMN 1.5 §10.3.2.3.1, IEEE 754-2008, and Python's decimal module (libmpdec, prec 34,
// ROUND_HALF_EVEN) through number_cases.txt, written by number_cases.py.
#include "tests/catch.hpp"

#include "spie/feel/number.hpp"

#include <clocale>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

using spie::feel::Number;
using spie::feel::Rounding;

namespace {

Number num(std::string_view text) {
  const auto value = Number::parse(text);
  INFO(text);
  REQUIRE(value);
  return *value;
}

std::string show(const std::optional<Number> &value) { return value ? value->to_string() : "none"; }

Rounding rounding(const std::string &name) {
  const std::vector<std::string> names{"half_even", "half_up", "half_down", "up", "down", "floor", "ceiling"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name)
      return static_cast<Rounding>(i);
  FAIL(name);
  return Rounding::half_even;
}

struct Case {
  std::string line;
  std::string operation;
  std::vector<std::string> operands;
  std::string expected;
};

std::vector<Case> cases() {
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/feel/number_cases.txt");
  std::vector<Case> all;
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    Case one{line, {}, {}, {}};
    words >> one.operation;
    std::string word;
    while (words >> word)
      one.operands.push_back(word);
    one.expected = one.operands.back();
    one.operands.pop_back();
    all.push_back(one);
  }
  return all;
}

std::optional<Number> computed(const Case &one) {
  const Number a = num(one.operands[0]);
  if (one.operation == "sqrt")
    return a.sqrt();
  if (one.operation == "exp")
    return a.exp();
  if (one.operation == "log")
    return a.log();
  if (one.operation == "round")
    return a.round(std::stoll(one.operands[1]), rounding(one.operands[2]));
  const Number b = num(one.operands[1]);
  if (one.operation == "add")
    return a.add(b);
  if (one.operation == "subtract")
    return a.subtract(b);
  if (one.operation == "multiply")
    return a.multiply(b);
  if (one.operation == "divide")
    return a.divide(b);
  if (one.operation == "modulo")
    return a.modulo(b);
  if (one.operation == "power")
    return a.power(b);
  FAIL(one.operation);
  return std::nullopt;
}

} // namespace

// exp and log are within two units of digit 34; the cases allow for ten.
TEST_CASE("every operation agrees with Python's decimal on two thousand random cases", "[feel][number]") {
  const auto all = cases();
  CHECK(all.size() > 2000);
  for (const auto &one : all) {
    INFO(one.line);
    if (one.operation == "compare") {
      const Number a = num(one.operands[0]);
      const Number b = num(one.operands[1]);
      const int order = a < b ? -1 : a > b ? 1 : 0;
      CHECK(order == std::stoi(one.expected));
      if (order == 0)
        CHECK(a.hash() == b.hash());
      continue;
    }
    const auto result = computed(one);
    if (one.expected == "none" || !result) {
      CHECK(show(result) == one.expected);
      continue;
    }
    const Number expected = num(one.expected);
    INFO(show(result));
    if (one.operation == "exp" || one.operation == "log") {
      const Number difference = result->subtract(expected)->abs();
      CHECK(difference <= *expected.abs().multiply(num("1e-32")));
      continue;
    }
    CHECK(*result == expected);
    CHECK(result->hash() == expected.hash());
    if (one.operation == "add" || one.operation == "subtract" || one.operation == "multiply" ||
        one.operation == "divide")
      CHECK(show(result) == show(expected)); // the same trailing zeros
  }
}

TEST_CASE("a literal is read exactly, and nothing else is a literal", "[feel][number]") {
  for (const char *text :
       {"0", "1", "-1", "1.10", "0.1", "-3.50", "1234567890123456789012345678901234", "0.00", "9223372036854775807",
        "-9223372036854775808", "9223372036854775808", "0.000000000000000000000000000001"}) {
    INFO(text);
    CHECK(show(Number::parse(text)) == text);
  }
  CHECK(show(Number::parse("1.5e-3")) == "0.0015");
  CHECK(show(Number::parse("1.23E4")) == "12300");
  CHECK(show(Number::parse("12e+2")) == "1200");
  CHECK(show(Number::parse("+5")) == "5");
  CHECK(show(Number::parse("-0")) == "0");
  CHECK(show(Number::parse("-0.0")) == "0.0");
  CHECK(show(Number::parse(".5")) == "0.5");
  CHECK(show(Number::parse("007")) == "7");
  for (const char *text : {"",
                           "-",
                           "+",
                           ".",
                           "1.",
                           "e5",
                           "1e",
                           "1e+",
                           "1e5.0",
                           "1,5",
                           "1 000",
                           " 1",
                           "1 ",
                           "1_000",
                           "--1",
                           "+-1",
                           "0x10",
                           "NaN",
                           "Infinity",
                           "inf",
                           "1e5e5",
                           "1..2",
                           "1.2.3",
                           "\xC2\xA0"
                           "1",
                           "1f",
                           "\xD9\xA1"}) {
    INFO(text);
    CHECK(!Number::parse(text));
  }
}

TEST_CASE("digits beyond the thirty-fourth are rounded half-even", "[feel][number]") {
  CHECK(show(Number::parse("12345678901234567890123456789012345")) ==
        "12345678901234567890123456789012340"); // tie to even
  CHECK(show(Number::parse("12345678901234567890123456789012355")) == "12345678901234567890123456789012360");
  CHECK(show(Number::parse("123456789012345678901234567890123450000000000001")) ==
        "123456789012345678901234567890123500000000000000");
  CHECK(show(Number::parse("1234567890123456789012345678901234500000")) == "1234567890123456789012345678901234000000");
  CHECK(show(Number::parse("9999999999999999999999999999999999.5")) == "10000000000000000000000000000000000");
}

TEST_CASE("the range is that of decimal128", "[feel][number]") {
  CHECK(show(Number::parse("9.999999999999999999999999999999999E+6144")) ==
        "9.999999999999999999999999999999999E+6144");
  CHECK(!Number::parse("1E+6145"));
  CHECK(!Number::parse("9.9999999999999999999999999999999999E+6144")); // rounds up and out
  CHECK(show(Number::parse("1E-6176")) == "1E-6176");
  CHECK(num("1E-6177").is_zero());
  CHECK(num("6E-6177") == num("1E-6176")); // IEEE 754: rounded to the nearest subnormal
  CHECK(!Number::parse("1e99999999999999999999999999"));
  CHECK(num("1e-99999999999999999999999999").is_zero());
  CHECK(num("0e99999999999999999999999999").is_zero());
  CHECK(!num("1E+6144").multiply(Number(10)));
  CHECK(!num("9E+6144").add(num("9E+6144")));
  CHECK(!Number(1).divide(Number(0)));
  CHECK(!Number(0).divide(num("0.0")));
  CHECK(!Number(-1).sqrt());
  CHECK(!Number(0).log());
  CHECK(!Number(-1).log());
  CHECK(!Number(100'000).exp());
  CHECK(!Number(0).power(Number(-1)));
  CHECK(!Number(-8).power(num("0.5")));
  CHECK(!Number(10).modulo(Number(0)));
}

TEST_CASE("a giant literal costs no more than its length", "[feel][number]") {
  const std::string nines(1'000'000, '9');
  const std::string zeros(1'000'000, '0');
  CHECK(!Number::parse(nines));
  CHECK(num(nines + "e-1000000") == Number(1)); // 0.999… rounds to 1
  CHECK(num("0." + zeros + "1e1000001") == Number(1));
  CHECK(num(zeros + "1") == Number(1));
  CHECK(num("1." + zeros) == Number(1));
  CHECK(num("1" + zeros + "e-1000000") == Number(1));
  CHECK(num("1e-" + nines).is_zero());
  CHECK(!Number::parse("1e" + nines));
}

TEST_CASE("numbers are equal by value and hash alike", "[feel][number]") {
  const std::vector<std::pair<const char *, const char *>> pairs{{"1.10", "1.1"},
                                                                 {"0", "0.000"},
                                                                 {"-0", "0"},
                                                                 {"12300", "1.23e4"},
                                                                 {"1e20", "100000000000000000000"},
                                                                 {"1e30", "1000000000000000000000000000000"},
                                                                 {"1e6111", "1000e6108"},
                                                                 {"-5e-10", "-0.00000000050"}};
  for (const auto &[a, b] : pairs) {
    INFO(a);
    CHECK(num(a) == num(b));
    CHECK(num(a).hash() == num(b).hash());
  }
  CHECK(num("1.1") != num("1.11"));
  CHECK(num("-1") < num("0"));
  CHECK(num("1e-6000") > num("0"));
  CHECK(num("-1e6000") < num("-1e-6000"));
  CHECK(num("9223372036854775807") < num("9223372036854775808"));
  CHECK(num("0.1").add(num("0.2")) == num("0.3"));
}

TEST_CASE("text for reading has no exponent up to a length, text for FEEL no idle zeros", "[feel][number]") {
  CHECK(num("1.10").to_plain_string() == "1.1");
  CHECK(num("100").to_plain_string() == "100");
  CHECK(num("1.000").to_plain_string() == "1");
  CHECK(num("0.00").to_plain_string() == "0");
  CHECK(num("1e2").to_plain_string() == "100");
  CHECK(num("1e40").to_string() == "1" + std::string(40, '0'));
  CHECK(num("1e-40").to_string() == "0." + std::string(39, '0') + "1");
  CHECK(num("1e400").to_string() == "1E+400");
  CHECK(num("-1.50e400").to_string() == "-1.50E+400");
  CHECK(num("-1.50e400").to_plain_string() == "-1.5E+400");
  CHECK(num("1.25e-400").to_string() == "1.25E-400");
  for (const char *text : {"1E+400", "1.25E-400", "1E+40", "9.99E-74", "1E+73", "1E-75"})
    CHECK(num(num(text).to_string()) == num(text));
}

TEST_CASE("integers are recognised whatever their zeros", "[feel][number]") {
  CHECK(num("1.00").is_integer());
  CHECK(num("1e30").is_integer());
  CHECK(num("0.00").is_integer());
  CHECK(!num("1.5").is_integer());
  CHECK(!num("1e-7000").is_negative());
  CHECK(num("12.00").to_int64() == 12);
  CHECK(num("1.2e1").to_int64() == 12);
  CHECK(num("1e18").to_int64() == 1'000'000'000'000'000'000);
  CHECK(num("1e19").to_int64() == std::nullopt);
  CHECK(num("12.5").to_int64() == std::nullopt);
  CHECK(num("9223372036854775807").to_int64() == std::numeric_limits<std::int64_t>::max());
  CHECK(num("-9223372036854775808").to_int64() == std::numeric_limits<std::int64_t>::min());
  CHECK(num("9223372036854775808").to_int64() == std::nullopt);
  CHECK(num("-9223372036854775808.0").to_int64() == std::numeric_limits<std::int64_t>::min());
  CHECK(num("-0.000").to_int64() == 0);
}

TEST_CASE("arithmetic leaves 64 bits without a wrong digit", "[feel][number]") {
  const Number most(std::numeric_limits<std::int64_t>::max());
  const Number least(std::numeric_limits<std::int64_t>::min());
  CHECK(show(most.add(Number(1))) == "9223372036854775808");
  CHECK(show(least.subtract(Number(1))) == "-9223372036854775809");
  CHECK((-least).to_string() == "9223372036854775808");
  CHECK(least.abs().to_string() == "9223372036854775808");
  CHECK(show(least.divide(Number(-1))) == "9223372036854775808");
  CHECK(show(least.multiply(least)) ==
        "85070591730234615865843651857942050000"); // 2^126 = 85070591730234615865843651857942052864
  CHECK(show(most.add(num("0.0000000001"))) == "9223372036854775807.0000000001");
  CHECK(num("9223372036854775808").subtract(Number(1)) == most);
  CHECK(show(Number::scaled(5, -200)) == "5E-200");
  CHECK(show(Number::scaled(5, 7000)) == "none");
  CHECK(show(Number::scaled(1050, -2)) == "10.50");
}

TEST_CASE("division gives the quotient that ends, or 34 digits", "[feel][number]") {
  CHECK(show(Number(1).divide(Number(4))) == "0.25");
  CHECK(show(Number(100).divide(Number(10))) == "10");
  CHECK(show(num("18518.40").divide(Number(100))) == "185.184");
  CHECK(show(Number(1).divide(Number(3))) == "0.3333333333333333333333333333333333");
  CHECK(show(Number(2).divide(Number(3))) == "0.6666666666666666666666666666666667");
  CHECK(show(Number(-7).divide(Number(56))) == "-0.125");
}

TEST_CASE("modulo takes the sign of the divisor", "[feel][number]") { // TCK 0056, DMN 1.5 table 75
  const std::vector<std::vector<const char *>> all{
      {"12", "5", "2"},         {"-12", "5", "3"},         {"12", "-5", "-3"},
      {"-12", "-5", "-2"},      {"10.1", "4.5", "1.1"},    {"-10.1", "4.5", "3.4"},
      {"10.1", "-4.5", "-3.4"}, {"-10.1", "-4.5", "-1.1"}, {"0", "4", "0"}};
  for (const auto &one : all) {
    INFO(one[0] << " mod " << one[1]);
    CHECK(show(num(one[0]).modulo(num(one[1]))) == one[2]);
  }
  // 10^6000 = 3 × 333…3 + 1, whatever the distance of the exponents.
  CHECK(num("1e6000").modulo(Number(3)) == Number(1));
  CHECK(num("-1e6000").modulo(Number(3)) == Number(2));
}

TEST_CASE("powers are exact while they fit", "[feel][number]") {
  CHECK(show(Number(3).power(Number(20))) == "3486784401"); // TCK 0075: (3 ** 4) ** 5
  CHECK(show(Number(5).power(Number(-2))) == "0.04");       // TCK 0100
  CHECK(show(Number(-3).power(Number(2))) == "9");
  CHECK(show(Number(-2).power(Number(3))) == "-8");
  CHECK(show(Number(2).power(Number(112))) == "5192296858534827628530496329220096");
  CHECK(show(Number(0).power(Number(0))) == "1");
  CHECK(show(num("2.5").power(Number(2))) == "6.25");
  CHECK(num("1").power(num("1e300")) == Number(1));
  CHECK(!Number(10).power(num("1e300")));
  CHECK(num("0.1").power(num("1e300"))->is_zero());
  CHECK(!num("1e5").power(Number(2'000'000'000)));
  CHECK(Number(4).power(num("0.5")) == Number(2));
  // python3 -c "from decimal import *; getcontext().prec=34; print(Decimal(5)**Decimal('2.55'))"
  CHECK(num("60.58617166606633673745724928244262").subtract(*Number(5).power(num("2.55")))->abs() < num("1e-31"));
}

TEST_CASE("rounding follows its seven modes", "[feel][number]") { // TCK 1100-1102, 1141-1144
  CHECK(show(num("2.5").round(0, Rounding::half_even)) == "2");
  CHECK(show(num("1.5").round(0, Rounding::half_even)) == "2");
  CHECK(show(num("-5.5").round(0, Rounding::half_up)) == "-6");
  CHECK(show(num("5.5").round(0, Rounding::half_down)) == "5");
  CHECK(show(num("1.121").round(2, Rounding::up)) == "1.13");
  CHECK(show(num("-1.126").round(2, Rounding::down)) == "-1.12");
  CHECK(show(num("-1.56").round(1, Rounding::floor)) == "-1.6");
  CHECK(show(num("-1.56").round(1, Rounding::ceiling)) == "-1.5");
  CHECK(show(num("1234").round(-2, Rounding::half_up)) == "1200");
  CHECK(show(num("0.0").round(1, Rounding::half_even)) == "0.0");
  CHECK(show(num("12.5").round(2, Rounding::half_up)) == "12.50");
  CHECK(num("5.5").round(6176, Rounding::down) == num("5.5"));
  CHECK(!num("5.5").round(6177, Rounding::down));
  CHECK(!num("5.5").round(-6112, Rounding::down));
  CHECK(show(num("5.5").round(-6111, Rounding::up)) == "1E+6111");
  CHECK(num("5.5").round(-40, Rounding::ceiling) == num("1e40"));
  CHECK(num("-5.5").round(-40, Rounding::half_up)->is_zero());
  CHECK(!num("9.9E+6144").round(-6111, Rounding::up)->is_zero());
}

TEST_CASE("a double stands for its shortest text", "[feel][number]") {
  CHECK(show(Number::from_double(0.1)) == "0.1");
  CHECK(show(Number::from_double(-1234.5)) == "-1234.5");
  CHECK(show(Number::from_double(1e23)) == "1" + std::string(23, '0'));
  CHECK(show(Number::from_double(-0.0)) == "0");
  CHECK(!Number::from_double(std::numeric_limits<double>::infinity()));
  CHECK(!Number::from_double(std::numeric_limits<double>::quiet_NaN()));
  CHECK(num("0.1").to_double() == 0.1);
  CHECK(num("-1.5e300").to_double() == -1.5e300);
  CHECK(num("1e-400").to_double() == 0.0);
  CHECK(std::isinf(num("-1e400").to_double()));
  CHECK(num("1234567890123456789012345678901234").to_double() == 1234567890123456789012345678901234.0);
}

TEST_CASE("numbers do not follow the locale", "[feel][number]") {
  const char *previous = std::setlocale(LC_ALL, nullptr);
  const std::string saved = previous != nullptr ? previous : "C";
  for (const char *locale : {"fr_FR.UTF-8", "fr_FR.utf8", "de_DE.UTF-8"})
    std::setlocale(LC_ALL, locale); // where none is installed, this test shows nothing
  CHECK(show(Number::parse("1234.50")) == "1234.50");
  CHECK(!Number::parse("1234,50"));
  CHECK(show(Number::from_double(0.5)) == "0.5");
  CHECK(num("0.5").to_double() == 0.5);
  std::setlocale(LC_ALL, saved.c_str());
}
