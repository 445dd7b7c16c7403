#include "bench_profiler/compare/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bench_profiler {
namespace {

// Tables of Student's t, two-sided 5 % and one-sided 0.05 %.
TEST(Student, QuantilesAreThoseOfTables) {
  struct Row {
    double df;
    double at_975;
    double at_9995;
  };
  for (const Row& row : std::vector<Row>{{1, 12.706, 636.619},
                                         {2, 4.303, 31.599},
                                         {3, 3.182, 12.924},
                                         {4, 2.776, 8.610},
                                         {5, 2.571, 6.869},
                                         {9, 2.262, 4.781},
                                         {10, 2.228, 4.587},
                                         {18, 2.101, 3.922},
                                         {30, 2.042, 3.646},
                                         {120, 1.980, 3.373},
                                         {kManyDegrees, 1.960, 3.291}}) {
    EXPECT_NEAR(StudentQuantile(0.975, row.df), row.at_975, 0.0006) << row.df;
    EXPECT_NEAR(StudentQuantile(0.9995, row.df), row.at_9995, 0.0006) << row.df;
    EXPECT_NEAR(StudentQuantile(0.025, row.df), -row.at_975, 0.0006) << row.df;
  }
}

// With one degree it is Cauchy's distribution, with two there is a formula.
TEST(Student, CdfAgreesWithFormulas) {
  for (const double t : {-1e8, -30.0, -2.5, -0.1, 0.0, 0.3, 1.0, 7.0, 1e6}) {
    const double cauchy = 0.5 + std::atan(t) / M_PI;
    EXPECT_NEAR(StudentCdf(t, 1), cauchy, 1e-12) << t;
    const double two = 0.5 + t / (2 * std::sqrt(2 + t * t));
    EXPECT_NEAR(StudentCdf(t, 2), two, 1e-12) << t;
    EXPECT_NEAR(StudentCdf(t, kManyDegrees), std::erfc(-t / M_SQRT2) / 2, 1e-6)
        << t;
  }
  EXPECT_DOUBLE_EQ(StudentCdf(0, 7.3), 0.5);
}

// Evidence that is strong beyond all tables keeps its order.
TEST(Student, SmallTailsKeepTheirDigits) {
  // With two degrees P(|T| >= t) is about 1 / t^2.
  EXPECT_NEAR(StudentTwoSided(1e8, 2) / 1e-16, 1, 1e-6);
  EXPECT_NEAR(StudentTwoSided(-1e8, 2) / 1e-16, 1, 1e-6);
  EXPECT_LT(StudentTwoSided(60, 18), StudentTwoSided(50, 18));
  EXPECT_GT(StudentTwoSided(60, 18), 0);
  EXPECT_EQ(StudentTwoSided(INFINITY, 3), 0);
  EXPECT_TRUE(std::isnan(StudentTwoSided(NAN, 3)));
  EXPECT_TRUE(std::isnan(StudentTwoSided(1, 0)));
  EXPECT_TRUE(std::isnan(StudentQuantile(0, 3)));
  EXPECT_TRUE(std::isnan(StudentQuantile(0.5, NAN)));
}

// Examples of Wikipedia and Rosetta Code, and what R's t.test says of them.
TEST(Welch, KnownExamples) {
  const TTest few = WelchTest(MomentsOf({3.0, 4.0, 1.0, 2.1}),
                              MomentsOf({490.2, 340.0, 433.9}), 0);
  EXPECT_NEAR(few.p_value, 0.010751561, 1e-8);
  const TTest unequal = WelchTest(
      MomentsOf({19.8, 20.4, 19.6, 17.8, 18.5, 18.9, 18.3, 18.9, 19.5, 22.0}),
      MomentsOf({28.2, 26.6, 20.1, 23.3, 25.2, 22.1, 17.7, 27.6, 20.6, 13.7,
                 23.2, 17.5, 20.6, 18.0, 23.9, 21.6, 24.3, 20.4, 24.0, 13.2}),
      0);
  EXPECT_NEAR(unequal.statistic, 2.22, 0.005);
  EXPECT_NEAR(unequal.df, 24.5, 0.05);
  EXPECT_NEAR(unequal.p_value, 0.035972, 1e-6);
}

TEST(Welch, SidesWithoutSpread) {
  const TTest equal = WelchTest(MomentsOf({2, 2}), MomentsOf({2, 2}), 1e-6);
  EXPECT_EQ(equal.statistic, 0);
  EXPECT_DOUBLE_EQ(equal.p_value, 1);
  const TTest other = WelchTest(MomentsOf({2, 2}), MomentsOf({3, 3}), 1e-6);
  EXPECT_NEAR(other.statistic, 1e6, 1);
  EXPECT_LT(other.p_value, 1e-9);
  EXPECT_EQ(other.df, 2);
  const TTest single = WelchTest(MomentsOf({2}), MomentsOf({3, 3}), 1e-6);
  EXPECT_EQ(single.difference, 1);
  EXPECT_TRUE(std::isnan(single.p_value));
  EXPECT_TRUE(std::isnan(WelchTest({}, MomentsOf({3, 3}), 0).difference));
}

// By scipy.stats.f.sf.
TEST(Fisher, UpperTail) {
  EXPECT_NEAR(FisherUpper(3, 18, 40), 0.0019055146, 1e-9);
  EXPECT_NEAR(FisherUpper(0.5, 4, 10), 0.7367755487, 1e-9);
  EXPECT_NEAR(FisherUpper(2, 4, 1e6), 0.0915790735, 1e-6);
  EXPECT_EQ(FisherUpper(0, 4, 4), 1);
  EXPECT_TRUE(std::isnan(FisherUpper(1, 0, 4)));
}

TEST(Holm, StepsDownUntilOneIsKept) {
  using Rejected = std::vector<bool>;
  EXPECT_EQ(HolmRejects({0.01, 0.04, 0.03, 0.005}, 0.05),
            (Rejected{true, false, false, true}));
  EXPECT_EQ(HolmRejects({0.016, 0.024, 0.05}, 0.05),
            (Rejected{true, true, true}));
  EXPECT_EQ(HolmRejects({0.02, 0.02, 0.02}, 0.05),
            (Rejected{false, false, false}));
  EXPECT_EQ(HolmRejects({NAN, 0.04, NAN}, 0.05),
            (Rejected{false, true, false}));
  EXPECT_EQ(HolmRejects({}, 0.05), Rejected{});
}

}  // namespace
}  // namespace bench_profiler
