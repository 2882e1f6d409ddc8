// A loaded pack: its files read, its bases merged, its model bound. Immutable once made.
#pragma once

#include "rules/feel/loading.hpp"
#include "rules/pack/content.hpp"
#include "rules/pack/manifest.hpp"
#include "spie/json.hpp"
#include "spie/pack/pack.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::pack {

// How far the load of a pack has come, those that it extends included.
struct PackLoading {
  explicit PackLoading(const LoadLimits &asked);

  feel::Loading loading;
  JsonLimits json;
};

// The texts of the cells of the rules, by the rule's id.
struct WrittenRules {
  using Cells = std::map<std::string, std::vector<std::string>>;
  Cells inputs, outputs;
  bool is_table = false; // the decision is one table, and nothing else
};

class Prepared;

class PackImpl final : public Pack, public std::enable_shared_from_this<PackImpl> {
public:
  PackImpl(const Files &files, const std::vector<std::shared_ptr<const Pack>> &bases, PackLoading &loading);

  const std::string &id() const override { return manifest_.id; }
  const std::string &version() const override { return manifest_.version; }
  const std::string &title() const override { return manifest_.titre; }
  const std::string &authority() const override { return manifest_.autorite; }
  const std::string &sha256() const override { return sha256_; }
  feel::Date period_start() const override { return manifest_.debut; }
  std::optional<feel::Date> period_end() const override { return manifest_.fin; }
  const std::vector<std::string> &bases() const override { return bases_; }
  const std::vector<Article> &articles() const override { return articles_; }
  const Article *find_article(std::string_view id) const override;
  const std::vector<PackParameter> &parameters() const override { return parameters_; }
  const PackParameter *find_parameter(std::string_view name) const override;
  const ParameterValue &parameter_at(std::string_view name, feel::Date date) const override;
  const std::vector<PackCase> &cases() const override { return cases_; }
  const feel::Value *data(std::string_view name) const override;
  std::string role(std::string_view role) const override;
  std::vector<std::pair<std::string, std::string>> roles() const override { return roles_; }
  const dmn::Model &model() const override { return *model_; }
  // What pack.json and the lists of donnees/ say, the nearest pack first.
  const std::map<std::string, std::string> &labels() const override { return labels_; }
  const std::map<std::string, std::string> &tones() const override { return tones_; }
  std::vector<dmn::FactInfo> facts(std::string_view decision) const override;
  PackResult evaluate(std::string_view decision, const feel::Value &facts, feel::Date as_of,
                      const PackEvaluateOptions &options) const override;
  std::shared_ptr<const PackDecision> decision(std::string_view name) const override;
  std::vector<CaseResult> run_cases() const override;
  std::vector<Diagnostic> check() const override;

  // The article ids that a rule's annotation or a knowledge source cites ("art-2 art-4.1", "article:art-2"). Words that
  // are no article are left out of an annotation, which may be a sentence.
  std::vector<std::string> cited(const std::string &annotation) const;
  static std::optional<std::string> cited_by(const std::string &authority); // of "article:ID"
  // The unit of a fact, a parameter or a decision; empty when none is declared. Positions in lists do not count.
  std::string unit_of(std::string_view path) const;
  const DataFile *data_input(std::string_view name) const; // nullptr when no list has this name
  // The input that a path begins with: "freins" for "freins[2].reponse".
  std::string root_of(std::string_view path) const;
  // The input that a fact is for; nullptr when no fact has this name, and then why.
  const dmn::ElementInfo *fact(std::string_view name) const;
  Diagnostic no_fact(const std::string &name) const;
  // The rules that the tables of a decision hold, as they are written; nullptr when it holds none.
  const WrittenRules *rules_of(std::string_view decision) const;
  // The value in force at a date; P018.
  const ParameterValue &value_at(const PackParameter &parameter, feel::Date date) const;
  // The inputs that donnees/ fill, with their values.
  const std::vector<std::pair<std::string, feel::Value>> &lists() const { return lists_; }
  // The decisions whose tables are meant to have holes, with why; the nearest pack first.
  const std::map<std::string, std::string, std::less<>> &incomplete() const { return incomplete_; }
  // The type of the fact that `lu_au` names; nullopt when no input has it.
  std::optional<feel::Type> type_of_fact(std::string_view path) const;

private:
  // A decision asked by its name so often that it is worth preparing; null until then.
  std::shared_ptr<const Prepared> often_asked(const dmn::ElementInfo &decision) const;
  void read_files(const Files &files, PackLoading &loading, std::vector<Diagnostic> &findings);
  void merge(const PackImpl &base);
  void bind(feel::Loading &loading, std::vector<Diagnostic> &findings);
  const dmn::ElementInfo &require(std::string_view decision) const; // D011
  const std::set<std::string> &reads(const dmn::ElementInfo &decision) const;
  void digest(const Files &files);

  // check.cpp
  void check_articles(std::vector<Diagnostic> &findings) const;
  void check_parameters(std::vector<Diagnostic> &findings) const;
  void check_names(std::vector<Diagnostic> &findings) const;
  void check_tones(std::vector<Diagnostic> &findings) const;

  Manifest manifest_;
  std::string sha256_;
  std::vector<std::string> bases_;
  std::vector<Article> articles_;
  std::vector<PackParameter> parameters_;
  std::vector<PackCase> cases_;
  std::vector<DataFile> data_;
  std::vector<std::pair<std::string, std::string>> roles_;
  std::vector<std::pair<std::string, std::string>> units_;
  std::map<std::string, std::string> labels_;
  std::map<std::string, std::string> tones_;
  std::map<std::string, std::string, std::less<>> incomplete_;
  std::vector<dmn::Source> sources_;                       // the bases' first
  std::vector<Diagnostic> findings_;                       // that did not refuse the load
  std::vector<std::pair<std::string, feel::Value>> lists_; // the inputs that donnees/ fill
  // The inputs, parameters and lists that each decision may read: asked at every evaluation, so worked out once.
  std::map<std::string, std::set<std::string>, std::less<>> reads_;
  std::map<std::string, const dmn::ElementInfo *, std::less<>> facts_; // the inputs that callers give
  std::set<std::string, std::less<>> input_names_;
  std::map<std::string, WrittenRules, std::less<>> rules_; // of each decision that has a table
  std::shared_ptr<const dmn::Model> model_;

  struct Asked {
    unsigned calls = 0;
    std::shared_ptr<const Prepared> prepared;
  };
  mutable std::mutex asked_mutex_;
  mutable std::map<std::uint32_t, Asked> asked_; // by slot
};

// What can be said of the tables without a case, and of decisions together; check_tables.cpp.
void check_tables(const PackImpl &pack, std::vector<Diagnostic> &findings);
void check_decisions(const PackImpl &pack, std::vector<Diagnostic> &findings);

// What was decided, because of which facts, by which rule of which article; explanation.cpp.
std::string explain(const PackImpl &pack, const PackResult &result);
// The articles that a value stands on, in order of first use, and the parameters that were read.
void cite(const PackImpl &pack, PackResult &result);

} // namespace spie::pack
