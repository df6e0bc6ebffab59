"""One Plotly line with 200 points on an otherwise empty page: what the browser itself needs for a chart."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(x=list(range(200)), y=[0.0] * 200, mode="lines")), key="line")
