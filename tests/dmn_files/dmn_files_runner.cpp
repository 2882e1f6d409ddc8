// Opens the models that other people wrote, which stand beside the sources, and counts those that can be used, those
// that are refused for a reason that the findings tell, and the others by their cause; with and without the vendors'
// extensions. Compares with ratchet.txt: what was usable must remain so, and so must what was rightly refused.
//
//   dmn_files_runner [--verbose] [--only SUBSTRING] [--update] [--ratchet FILE] [FOLDER OF THE MODELS]
//
// --verbose says the findings of those that are not usable.
#include "tests/dmn_files/verdict.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using dmn_files::Outcome;
using dmn_files::Verdict;

const fs::path here = fs::path(SPIE_SOURCE_DIR) / "tests/dmn_files";

struct Settings {
  fs::path folder = fs::path(SPIE_SHARED_DIR) / "dmn-files";
  fs::path ratchet = here / "ratchet.txt";
  bool verbose = false, update = false;
  std::string only;
};

struct File {
  std::string id, repository; // the ten digits of its name
  spie::dmn::Source source;
  std::string version; // the namespace of its root: that of its version of DMN
  std::string model_namespace;
  std::vector<std::string> imports; // by namespace
};

std::string read_text(const fs::path &path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string_view local(const pugi::xml_node &node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

File read_file(const fs::path &path) {
  File file;
  file.id = path.filename().string().substr(0, 10);
  file.repository = path.parent_path().filename().string();
  file.source = {file.id + ".dmn", read_text(path)};
  pugi::xml_document tree;
  tree.load_buffer(file.source.xml.data(), file.source.xml.size());
  const pugi::xml_node root = tree.document_element();
  const std::string_view name = root.name();
  const std::size_t colon = name.find(':');
  const std::string prefix = colon == std::string_view::npos ? "" : ":" + std::string(name.substr(0, colon));
  file.version = root.attribute(("xmlns" + prefix).c_str()).value();
  file.model_namespace = root.attribute("namespace").value();
  for (const pugi::xml_node &child : root.children())
    if (local(child) == "import")
      file.imports.emplace_back(child.attribute("namespace").value());
  return file;
}

std::vector<File> read_files(const fs::path &folder) {
  std::vector<File> files;
  for (const auto &entry : fs::recursive_directory_iterator(folder))
    if (const auto extension = entry.path().extension(); extension == ".dmn" || extension == ".xml")
      files.push_back(read_file(entry.path()));
  std::sort(files.begin(), files.end(), [](const File &a, const File &b) { return a.id < b.id; });
  return files;
}

// The model, then what it imports of its own repository: of several models of a namespace, one of its version.
std::vector<spie::dmn::Source> sources_of(const File &file, const std::vector<File> &all) {
  std::vector<const File *> taken{&file};
  for (std::size_t next = 0; next < taken.size(); ++next)
    for (const std::string &wanted : taken[next]->imports) {
      const auto has_it = [&](const File *one) { return one->model_namespace == wanted; };
      if (std::any_of(taken.begin(), taken.end(), has_it))
        continue;
      const File *found = nullptr;
      for (const File &other : all)
        if (other.repository == file.repository && has_it(&other) &&
            (found == nullptr || (found->version != file.version && other.version == file.version)))
          found = &other;
      if (found != nullptr)
        taken.push_back(found);
    }
  std::vector<spie::dmn::Source> sources;
  for (const File *one : taken)
    sources.push_back(one->source);
  return sources;
}

// The lines of a file: its first word, then the rest. Lines that begin with # are remarks.
std::map<std::string, std::string> read_lines(const fs::path &path) {
  std::map<std::string, std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#')
      continue;
    const std::size_t blank = line.find(' ');
    lines[line.substr(0, blank)] = blank == std::string::npos ? "" : line.substr(blank + 1);
  }
  return lines;
}

using Verdicts = std::map<std::string, Verdict>; // by the id of the file

std::string word(const Verdict &verdict) {
  return usable(verdict) ? "usable" : verdict.outcome == Outcome::other ? "other:" + verdict.cause : verdict.cause;
}

// Nothing, refused with a reason, usable: what was one must not become one before it.
int rank(const std::string &word) { return word == "usable" ? 2 : word.starts_with("other:") ? 0 : 1; }

std::string percent(std::size_t part, std::size_t whole) {
  const std::size_t tenths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

void count(std::ostream &out, const std::string &prefix, const Verdicts &verdicts) {
  std::map<Outcome, std::size_t> outcomes;
  std::map<std::string, std::size_t> causes;
  for (const auto &[id, verdict] : verdicts) {
    ++outcomes[verdict.outcome];
    if (!usable(verdict))
      ++causes[(verdict.outcome == Outcome::other ? "not usable: " : "rightly refused: ") + verdict.cause];
  }
  const std::size_t all = verdicts.size();
  const std::size_t used = outcomes[Outcome::strictly] + outcomes[Outcome::by_default] + outcomes[Outcome::leniently];
  const std::size_t right = used + outcomes[Outcome::rightly_refused];
  for (const Outcome one : {Outcome::strictly, Outcome::by_default, Outcome::leniently})
    out << prefix << dmn_files::name(one) << ": " << outcomes[one] << '\n';
  for (const auto &[cause, number] : causes)
    out << prefix << cause << ": " << number << '\n';
  out << prefix << "usable: " << used << " of " << all << " (" << percent(used, all) << ")\n"
      << prefix << "usable or rightly refused: " << right << " of " << all << " (" << percent(right, all) << ")\n";
}

void write_ratchet(const fs::path &path, const Verdicts &plain, const Verdicts &extended) {
  std::ofstream out(path);
  out << "# What becomes of the models that other people wrote, by dmn_files_runner --update; it may only become "
         "better.\n"
         "# A model is named by its digest. First without the vendors' extensions, then with them: usable; language\n"
         "# (a text that is not FEEL), pmml, import (a model that is not at hand), wrong (on purpose): rightly "
         "refused;\n"
         "# other: not usable, with the codes found.\n#\n# Without extensions\n";
  count(out, "#   ", plain);
  out << "#\n# With the extensions of Camunda, KIE and Signavio\n";
  count(out, "#   ", extended);
  out << "#\n";
  for (const auto &[id, verdict] : plain)
    out << id << ' ' << word(verdict) << ' ' << word(extended.at(id)) << '\n';
}

int compare(const std::map<std::string, std::string> &before, const Verdicts &plain, const Verdicts &extended) {
  int worse = 0;
  const auto check = [&](const std::string &id, const std::string &was, const Verdict &is, const char *reading) {
    if (rank(word(is)) >= rank(was))
      return;
    ++worse;
    std::cout << id << ", " << reading << ": " << word(is) << ", was " << was << '\n';
    for (const spie::Diagnostic &finding : is.findings)
      std::cout << "    " << to_string(finding) << '\n';
  };
  for (const auto &[id, words] : before) {
    const auto found = plain.find(id);
    if (found == plain.end())
      continue;
    const std::size_t blank = words.find(' ');
    check(id, words.substr(0, blank), found->second, "without extensions");
    check(id, words.substr(blank + 1), extended.at(id), "with extensions");
  }
  return worse;
}

} // namespace

int main(int argument_count, char **values) {
  Settings settings;
  for (int i = 1; i < argument_count; ++i) {
    const std::string argument = values[i];
    if (argument == "--verbose")
      settings.verbose = true;
    else if (argument == "--update")
      settings.update = true;
    else if (argument == "--only" && i + 1 < argument_count)
      settings.only = values[++i];
    else if (argument == "--ratchet" && i + 1 < argument_count)
      settings.ratchet = values[++i];
    else
      settings.folder = argument;
  }
  if (!fs::exists(settings.folder)) {
    std::cout << "skipped: other people's models, there are none at " << settings.folder.string() << '\n';
    return 0;
  }
  const std::vector<File> files = read_files(settings.folder);
  const auto wrong = read_lines(here / "wrong.txt");
  Verdicts plain, extended;
  for (const File &file : files) {
    if ((file.repository + "/" + file.id).find(settings.only) == std::string::npos)
      continue;
    const auto sources = sources_of(file, files);
    plain[file.id] = dmn_files::judge(sources, false, wrong.contains(file.id));
    const Verdict &verdict = extended[file.id] = dmn_files::judge(sources, true, wrong.contains(file.id));
    if (!settings.verbose || usable(verdict))
      continue;
    std::cout << file.repository << '/' << file.id << ": " << word(verdict) << '\n';
    for (const spie::Diagnostic &finding : verdict.findings)
      std::cout << "    " << to_string(finding) << '\n';
  }
  std::cout << "Models of other people, without extensions\n";
  count(std::cout, "  ", plain);
  std::cout << "Models of other people, with the extensions of Camunda, KIE and Signavio\n";
  count(std::cout, "  ", extended);
  const int worse = compare(read_lines(settings.ratchet), plain, extended);
  if (settings.only.empty() && settings.update && worse == 0)
    write_ratchet(settings.ratchet, plain, extended);
  return worse == 0 ? 0 : 1;
}
