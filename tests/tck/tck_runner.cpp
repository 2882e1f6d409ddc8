// Runs the DMN TCK that stands beside the sources and counts test cases, strictly: every result of a case must match,
// numbers exactly (within 1e-8 where the kit says that it cut its digits), and a case that expects an error wants null
// *and* an error. Compares with ratchet.txt, folder by folder: what passed must go on passing.
//
//   tck_runner [--verbose] [--only SUBSTRING] [--update] [--ratchet FILE] [--csv FILE] [FOLDER OF THE TCK]
//
// --csv writes the results in the layout that the TCK publishes (TestResults/*/tck_results.csv): five quoted fields a
// case.
#include "tests/tck/test_file.hpp"

#include "spie/dmn/model.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using spie::feel::Kind;
using spie::feel::Value;

struct Tally {
  int passed = 0, total = 0;
};

struct Settings {
  fs::path kit = fs::path(SPIE_SHARED_DIR) / "tck";
  fs::path ratchet = fs::path(SPIE_SOURCE_DIR) / "tests/tck/ratchet.txt";
  bool verbose = false, update = false;
  std::string only;
  fs::path csv;
};

std::string read_text(const fs::path &path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// What evaluations get as the present: any instant will do, since the kit looks at the type of now() alone.
spie::feel::DateTime clock() { return *spie::feel::DateTime::parse("2026-01-15T10:30:00Z"); }

bool matches(const Value &found, const Value &expected, bool approximate) {
  if (found.kind() != expected.kind())
    return false;
  switch (found.kind()) {
  case Kind::number: {
    if (found.number() == expected.number())
      return true;
    if (!approximate)
      return false;
    const auto difference = found.number().subtract(expected.number());
    return difference && difference->abs() < *spie::feel::Number::scaled(1, -8);
  }
  case Kind::list:
    return std::equal(found.list().begin(), found.list().end(), expected.list().begin(), expected.list().end(),
                      [&](const Value &a, const Value &b) { return matches(a, b, approximate); });
  case Kind::context:
    return found.context().size() == expected.context().size() &&
           std::all_of(expected.context().begin(), expected.context().end(), [&](const auto &entry) {
             const Value *other = found.context().find(entry.first);
             return other != nullptr && matches(*other, entry.second, approximate);
           });
  case Kind::time: {
    const auto order = compare(found.time(), expected.time());
    return order ? *order == 0 : identical(found, expected);
  }
  case Kind::date_time: {
    const auto order = compare(found.date_time(), expected.date_time());
    return order ? *order == 0 : identical(found, expected);
  }
  default:
    return identical(found, expected);
  }
}

std::string quoted(std::string text) {
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '"');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return '"' + text + '"';
}

class Runner {
public:
  explicit Runner(const Settings &settings) : settings_(settings) {
    std::ifstream list(settings.kit / "within-1e-8.txt");
    for (std::string line; std::getline(list, line);)
      if (!line.empty())
        approximate_.insert(line);
  }

  void run_folder(const std::string &level, const fs::path &folder) {
    const std::string key = level + "/" + folder.filename().string();
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".xml")
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path &file : files)
      run_file(key, folder, file);
  }

  const std::map<std::string, Tally> &tallies() const { return tallies_; }
  const std::vector<std::string> &lines() const { return lines_; }

private:
  void run_file(const std::string &key, const fs::path &folder, const fs::path &file) {
    const tck::TestFile tests = tck::read_test_file(file.string());
    std::shared_ptr<const spie::dmn::Model> model;
    std::string refused;
    try {
      std::vector<spie::dmn::Source> sources{{tests.model, read_text(folder / tests.model)}};
      std::vector<fs::path> others;
      for (const auto &entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".dmn" && entry.path().filename() != tests.model)
          others.push_back(entry.path());
      std::sort(others.begin(), others.end());
      for (const fs::path &other : others)
        sources.push_back({other.filename().string(), read_text(other)});
      spie::dmn::LoadOptions options;
      options.lenient = options.strict = true;
      model = spie::dmn::Model::load(std::move(sources), options);
    } catch (const spie::Error &error) {
      refused = error.what();
    }
    for (const tck::TestCase &test : tests.cases) {
      Tally &tally = tallies_[key];
      ++tally.total;
      const std::string name = folder.filename().string() + "/" + file.filename().string() + "#" + test.id;
      const std::string fault = model ? run_case(*model, test, approximate_.contains(name)) : refused;
      lines_.push_back(quoted(key) + ',' + quoted(file.stem().string()) + ',' + quoted(test.id) + ',' +
                       quoted(fault.empty() ? "SUCCESS" : "ERROR") + ',' + quoted(fault));
      if (fault.empty())
        ++tally.passed;
      else if (settings_.verbose)
        std::cout << "  " << name << " (" << test.position << "): " << fault << '\n';
    }
  }

  // Why the case fails; empty when it passes.
  static std::string run_case(const spie::dmn::Model &model, const tck::TestCase &test, bool approximate) {
    std::vector<spie::dmn::Given> given;
    for (const tck::Node &input : test.inputs) {
      if (input.unreadable)
        return "the input '" + input.name + "' cannot be read";
      given.push_back({input.name, input.value, input.model_namespace});
    }
    spie::dmn::EvaluateOptions options;
    options.now = clock();
    for (const tck::ResultNode &expected : test.results) {
      if (expected.unreadable)
        return "the expected value of '" + expected.name + "' cannot be read";
      Value found;
      std::vector<spie::Diagnostic> errors;
      try {
        const bool service = test.type == "decisionService";
        auto result = service ? model.evaluate_service(test.invocable, given, options)
                              : model.evaluate(expected.name, given, options, expected.model_namespace);
        found = result.value;
        // A service of several decisions gives a context of their values.
        if (service && found.is(Kind::context) && expected.name != test.invocable)
          if (const Value *one = found.context().find(expected.name))
            found = *one;
        errors = std::move(result.errors);
      } catch (const spie::Error &error) {
        // A value that is not of the type of its input is refused: no value, and an error.
        if (error.first().code != spie::Code::dmn_input_type)
          return error.what();
        errors = error.diagnostics();
      }
      const std::string said = errors.empty() ? std::string() : "; " + to_string(errors.front());
      if (expected.error_expected && (!found.is_null() || errors.empty()))
        return expected.name + ": an error is expected, " + found.to_feel() + " found" +
               (errors.empty() ? " without error" : "");
      if (!matches(found, expected.value, approximate))
        return expected.name + ": " + expected.value.to_feel() + " is expected, " + found.to_feel() + " found" + said;
    }
    return {};
  }

  const Settings &settings_;
  std::set<std::string> approximate_;
  std::map<std::string, Tally> tallies_;
  std::vector<std::string> lines_;
};

std::map<std::string, int> read_ratchet(const fs::path &path) {
  std::map<std::string, int> counts;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string folder;
    int passed = 0;
    if (line.substr(0, 1) != "#" && words >> folder >> passed)
      counts[folder] = passed;
  }
  return counts;
}

void write_ratchet(const fs::path &path, const std::map<std::string, Tally> &tallies) {
  std::ofstream out(path);
  out << "# Test cases of the DMN TCK that pass, folder by folder: passed of total. Written by tck_runner --update;\n"
         "# a count may only rise.\n";
  for (const auto &[folder, tally] : tallies)
    out << folder << ' ' << tally.passed << " of " << tally.total << '\n';
}

} // namespace

int main(int count, char **values) {
  Settings settings;
  for (int i = 1; i < count; ++i) {
    const std::string argument = values[i];
    if (argument == "--verbose")
      settings.verbose = true;
    else if (argument == "--update")
      settings.update = true;
    else if (argument == "--only" && i + 1 < count)
      settings.only = values[++i];
    else if (argument == "--ratchet" && i + 1 < count)
      settings.ratchet = values[++i];
    else if (argument == "--csv" && i + 1 < count)
      settings.csv = values[++i];
    else
      settings.kit = argument;
  }
  if (!fs::exists(settings.kit / "compliance-level-2")) {
    std::cout << "skipped: the DMN TCK, there is none at " << settings.kit.string() << '\n';
    return 0;
  }
  Runner runner(settings);
  for (const std::string level : {"compliance-level-2", "compliance-level-3"}) {
    std::vector<fs::path> folders;
    for (const auto &entry : fs::directory_iterator(settings.kit / level))
      if (entry.is_directory() && entry.path().filename().string().find(settings.only) != std::string::npos)
        folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const fs::path &folder : folders)
      runner.run_folder(level, folder);
  }
  if (!settings.csv.empty()) {
    std::ofstream out(settings.csv);
    for (const std::string &line : runner.lines())
      out << line << '\n';
  }
  std::map<std::string, Tally> levels;
  const auto before = read_ratchet(settings.ratchet);
  int worse = 0;
  for (const auto &[folder, tally] : runner.tallies()) {
    Tally &level = levels[folder.substr(0, folder.find('/'))];
    level.passed += tally.passed;
    level.total += tally.total;
    if (settings.verbose)
      std::cout << folder << ": " << tally.passed << " of " << tally.total << '\n';
    const auto known = before.find(folder);
    if (known != before.end() && tally.passed < known->second) {
      std::cout << folder << ": " << tally.passed << " pass, " << known->second << " did before\n";
      ++worse;
    }
  }
  Tally all;
  for (const auto &[level, tally] : levels) {
    std::cout << "DMN TCK " << level << ": " << tally.passed << " of " << tally.total << " test cases\n";
    all.passed += tally.passed;
    all.total += tally.total;
  }
  std::cout << "DMN TCK: " << all.passed << " of " << all.total << " test cases pass\n";
  if (settings.only.empty() && settings.update && worse == 0)
    write_ratchet(settings.ratchet, runner.tallies());
  return worse == 0 ? 0 : 1;
}
