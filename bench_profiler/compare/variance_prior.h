// What many variances together say about each of them.
//
//   const VariancePrior prior = EstimatePrior(ratios, 18);
//   const ModeratedVariance moderated = Moderate(prior, ratio, 18);
//   // moderated.ratio, worth moderated.df degrees of freedom
//
// A variance that is estimated from twenty processes is off by a third, and a
// test has to allow for that. The other functions of the benchmark ran in the
// same processes: if all vary by about what sampling makes, this one does too.
// If they differ much from each other, the prior is worth little, and each
// variance stands for itself; so does one that is much larger than the others',
// of a function whose cost depends on where its memory lies. With ten functions
// and ten processes a side this finds a change as surely as a third more
// processes would.
//
// G. K. Smyth, "Linear models and empirical Bayes methods for assessing
// differential expression in microarray experiments", Statistical Applications
// in Genetics and Molecular Biology 3 (2004), sections 3 and 6.2: variances are
// taken to be drawn from a scaled inverse chi-squared distribution, whose
// parameters follow from mean and variance of their logarithms. That outliers
// are left alone is a simple form of B. Phipson and others, "Robust
// hyperparameter estimation protects against hypervariable genes and improves
// power to detect differential expression", Annals of Applied Statistics 10
// (2016).
#ifndef BENCH_PROFILER_COMPARE_VARIANCE_PRIOR_H_
#define BENCH_PROFILER_COMPARE_VARIANCE_PRIOR_H_

#include <vector>

namespace bench_profiler {

struct VariancePrior {
  double ratio = 1;   // of a variance to the one that theory expects
  double df = 0;      // what it is worth; 0: nothing is known
  double max_df = 0;  // what all variances together are worth
};

// Of variances as ratios to what theory expects of each, which were estimated
// with `df` degrees of freedom. Fewer than five tell nothing.
VariancePrior EstimatePrior(const std::vector<double>& ratios, double df);

struct ModeratedVariance {
  double ratio;
  double df;
};

ModeratedVariance Moderate(const VariancePrior& prior, double ratio, double df);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_VARIANCE_PRIOR_H_
